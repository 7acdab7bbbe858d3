import type { Acknowledgement } from './acknowledgements';
import { matchesPattern } from './config';
import type { Finding } from './finding';
import type { Note } from './report';
import { meantRule } from '../checks/nearest-rule';
import { closest } from '../private/nearest';
import type { Rule } from '../rules/rule';

const UNDETERMINED = '[undetermined]';

/** Which acknowledgements of a run accepted something, which only would have, and which did nothing. */
export class Exceptions {
  private readonly known = new Set<Acknowledgement>();
  private readonly used = new Map<Acknowledgement, number>();
  private readonly expired = new Map<Acknowledgement, number>();

  constructor(private readonly today: string) {}

  /** Tells of acknowledgements, whether a finding asks for them or not. */
  public add(acknowledgements: Iterable<Acknowledgement>): void {
    for (const each of acknowledgements) { this.known.add(each); }
  }

  /** The first of some that fit which still holds; and if there is none, one that has ended. */
  public holding(those: readonly Acknowledgement[]): { readonly accepted?: Acknowledgement; readonly ended?: Acknowledgement } {
    const accepted = those.find((each) => this.holds(each));
    if (accepted) { count(this.used, accepted); return { accepted }; }
    const [ended] = those;
    if (ended) { count(this.expired, ended); }
    return { ended };
  }

  private holds({ expires }: Acknowledgement): boolean {
    return expires === undefined || this.today <= expires;
  }

  /** What to tell of those that accept nothing, as far as their rules were asked. */
  public notes(rules: readonly Rule[], isExpected: (acknowledgement: Acknowledgement) => boolean): Note[] {
    const working = new Set([...this.used.keys()].map(({ group }) => group));
    const idle = new Map([...this.known].filter((each) => !this.used.has(each) && !working.has(each.group)).map((each) => [each.group, each]));
    return [...idle.values()].flatMap((each): Note[] => {
      const { place, expires, reason } = each;
      if (!rules.some(({ id }) => isOf(each, id))) { return []; }
      const what = { acknowledgement: { rule: each.rule, place, reason, ...(expires !== undefined && { expires }) } };
      const again = [...this.expired].filter(([{ group }]) => group === each.group).reduce((sum, [, found]) => sum + found, 0);
      if (!this.holds(each)) {
        const effect = again === 0 ? 'and accepts nothing: remove it' : `${again === 1 ? '1 finding is' : `${again} findings are`} reported again`;
        return [{ kind: 'expired', text: `the acknowledgement of ${each.rule} (${place}) expired on ${expires}${again === 0 ? ' ' : ': '}${effect}.`, ...what }];
      }
      return isExpected(each) ? [] : [{ kind: 'unused', text: `the acknowledgement of ${each.rule} (${place}) accepts nothing: no finding fits it. Remove or correct it.`, ...what }];
    });
  }

  /** Those of rules that do not exist. */
  public unknown(all: readonly Rule[]): Array<{ readonly acknowledgement: Acknowledgement; readonly meant: string }> {
    const found = new Map<string, { readonly acknowledgement: Acknowledgement; readonly meant: string }>();
    for (const acknowledgement of this.known) {
      const { rule, writtenIn, place } = acknowledgement;
      if (writtenIn === 'configuration' || all.some(({ id }) => isOf(acknowledgement, id))) { continue; }
      const meant = meantRule(rule) ?? meantOwnRule(rule, all);
      if (meant !== undefined) { found.set(`${rule} ${place}`, { acknowledgement, meant }); }
    }
    return [...found.values()];
  }
}

/** The same for rules of a team, by their prefix: those of other packs are not known here. */
function meantOwnRule(id: string, all: readonly Rule[]): string | undefined {
  const prefix = /^[^-]+-/.exec(id)?.[0].toLowerCase();
  const own = all.map(({ id: each }) => each).filter((each) => prefix !== undefined && each.toLowerCase().startsWith(prefix));
  return closest(id, own);
}

const count = (counts: Map<Acknowledgement, number>, of: Acknowledgement) => counts.set(of, (counts.get(of) ?? 0) + 1);

/** Whether an acknowledgement names a rule, or what is undetermined of it. */
function isOf({ rule, writtenIn }: Acknowledgement, id: string): boolean {
  return rule === id || rule === id + UNDETERMINED || (writtenIn === 'configuration' && (matchesPattern(rule, id) || matchesPattern(rule, id + UNDETERMINED)));
}

/** Those of a list that accept a finding: of its rule, or of what is undetermined of it alone. */
export function fitting(list: readonly Acknowledgement[], rule: string, level: Finding['level']): Acknowledgement[] {
  return list.filter((each) => each.rule === rule || (level === 'undetermined' && each.rule === rule + UNDETERMINED));
}
