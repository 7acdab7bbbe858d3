import { summary } from './summary';
import type { Rule } from '../../rules/rule';
import { Finding, LEVELS } from '../finding';
import { controlsOf } from '../frameworks';
import type { Passed, Report } from '../report';

/** For programs, by `schemas/check.schema.json`, which is part of the package. */
export function jsonReport(report: Report): string {
  const { findings, acknowledged, known, passed, failures, notes, templates, resources, rules, version } = report;
  const unread = failures.filter(({ mistake }) => mistake === undefined);
  return written({
    schemaVersion: 1,
    tool: 'cdk-encryption',
    version,
    summary: {
      text: summary(report),
      ...Object.fromEntries(LEVELS.map((level) => [level, findings.filter((finding) => finding.level === level).length])),
      acknowledged: acknowledged.length,
      baseline: known.length,
      notRead: unread.length,
      ...(passed && { passed: passed.length }),
    },
    templates,
    resources,
    rules,
    findings: findings.map(entry),
    acknowledged: acknowledged.map(entry),
    baseline: known.map(entry),
    ...(passed && { passed: passed.map(placeOf) }),
    failures: failures.map(({ file, line, column, message, mistake }) => ({ kind: mistake ?? 'not read', file, line, column, message })),
    notes: notes.map(({ kind, text, acknowledgement, entry: gone }) => ({ kind, text, acknowledgement, entry: gone })),
  });
}

/** An item of a list on one line: for `grep` and `diff`. */
function written(document: Record<string, unknown>): string {
  const valueOf = (value: unknown) => (!Array.isArray(value) || value.length === 0 ? JSON.stringify(value)
    : `[\n${value.map((item) => `    ${item instanceof Written ? item.text : JSON.stringify(item)}`).join(',\n')}\n  ]`);
  return `{\n${Object.entries(document).map(([name, value]) => `  ${JSON.stringify(name)}: ${valueOf(value)}`).join(',\n')}\n}`;
}

/** What is JSON already. */
class Written {
  constructor(public readonly text: string) {}
}

const placeOf = ({ rule, file, line, logicalId, type, path }: Passed) => ({ rule: rule.id, file, line, logicalId, type, path });

function entry(finding: Finding): Written {
  const { level, detail, file, line, endLine, source, logicalId, type, path, fingerprint } = finding;
  const { witness, acknowledged, acknowledgedIn, expires } = finding;
  const { before, after } = ofRule(finding.rule);
  const place = propertiesOf({ level, detail, file, line, endLine, source, logicalId, type, path, fingerprint });
  const expiry = expires !== undefined && (acknowledged === undefined ? { expired: expires } : { expires });
  const more = propertiesOf({ witness, ...(acknowledged !== undefined && { acknowledged, acknowledgedIn }), ...expiry });
  return new Written(`{${before},${place},${after}${more && `,${more}`}}`);
}

/** What is said of a rule is the same in each of its findings. */
function ofRule(rule: Rule): { readonly before: string; readonly after: string } {
  const known = rules.get(rule) ?? {
    before: propertiesOf({ rule: rule.id, info: rule.info }),
    after: propertiesOf({ controls: controlsOf(rule), fix: rule.fix, see: rule.see }),
  };
  rules.set(rule, known);
  return known;
}

const rules = new WeakMap<Rule, { readonly before: string; readonly after: string }>();

/** The properties of an object in JSON, without its braces. */
const propertiesOf = (properties: object) => JSON.stringify(properties).slice(1, -1);
