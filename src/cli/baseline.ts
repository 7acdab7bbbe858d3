import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { readText } from './decode';
import { Failure } from './failure';
import type { Finding } from './finding';
import type { BaselineEntry, Note } from './report';

/** The findings that a baseline has. Throws a `Failure` for a file that cannot be read. */
export function readBaseline(cwd: string, file: string): BaselineEntry[] {
  try {
    const entries: unknown = JSON.parse(readText(resolve(cwd, file)));
    if (!Array.isArray(entries)) { throw new Error('not a list'); }
    return entries.map((entry: BaselineEntry, index) => {
      if (typeof entry?.fingerprint !== 'string') { throw new Error(`entry ${index} has no fingerprint`); }
      return entry;
    });
  } catch (error) {
    throw new Failure(`the baseline cannot be read (${(error as Error).message})`, file);
  }
}

export const entryOf = ({ fingerprint, rule, file, logicalId }: Finding): BaselineEntry => ({ fingerprint, rule: rule.id, file, logicalId });

export interface Compared {
  readonly known: ReadonlySet<Finding>;
  /** Entries without a finding. */
  readonly gone: readonly BaselineEntry[];
}

/** Which findings a baseline has: an entry stands for one, and for that of its own file rather than for one of the same name elsewhere. */
export function compared(findings: readonly Finding[], entries: readonly BaselineEntry[]): Compared {
  const left = new Map<string, BaselineEntry[]>();
  for (const entry of entries) { left.set(entry.fingerprint, [...(left.get(entry.fingerprint) ?? []), entry]); }
  const known = new Set<Finding>();
  const take = (finding: Finding, isSame: (entry: BaselineEntry) => boolean) => {
    const candidates = left.get(finding.fingerprint) ?? [];
    const found = candidates.findIndex(isSame);
    if (found < 0 || known.has(finding)) { return; }
    candidates.splice(found, 1);
    known.add(finding);
  };
  findings.forEach((finding) => take(finding, ({ file }) => file === finding.file));
  findings.forEach((finding) => take(finding, () => true));
  return { known, gone: [...left.values()].flat() };
}

/** What a run was about. */
interface Asked {
  readonly wasAsked: (rule: string) => boolean;
  readonly templates: ReadonlySet<string>;
  readonly cwd: string;
}

/** Entries that no longer occur, as far as this run would have found them: the rule was asked or is gone, and the file read or removed. */
export function goneNotes(gone: readonly BaselineEntry[], baseline: string, { wasAsked, templates, cwd }: Asked): Note[] {
  const looked = ({ rule, file }: BaselineEntry) => (rule === undefined || wasAsked(rule))
    && (file === undefined || templates.has(file) || (file !== '<stdin>' && !existsSync(resolve(cwd, file))));
  return gone.filter(looked).map((entry) => ({
    kind: 'baseline',
    text: `${entry.rule ?? entry.fingerprint} of ${entry.logicalId ?? 'a resource'}${entry.file === undefined ? '' : ` in ${entry.file}`} `
      + `no longer occurs: remove it from ${baseline}, or write the baseline anew.`,
    entry,
  }));
}
