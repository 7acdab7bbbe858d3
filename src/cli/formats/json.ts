import { summary } from './summary';
import { Finding, LEVELS } from '../finding';
import { controlsOf } from '../frameworks';
import type { Passed, Report } from '../report';

/** For programs, by `schemas/check.schema.json`, which is part of the package. */
export function jsonReport(report: Report): string {
  const { findings, acknowledged, known, passed, failures, notes, templates, resources, rules, version } = report;
  const unread = failures.filter(({ mistake }) => mistake === undefined);
  return JSON.stringify({
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
  }, undefined, 2);
}

const placeOf = ({ rule, file, line, logicalId, type, path }: Passed) => ({ rule: rule.id, file, line, logicalId, type, path });

function entry(finding: Finding) {
  const { rule, level, detail, file, line, endLine, source, logicalId, type, path, fingerprint, witness, acknowledged, acknowledgedIn, expires } =
    finding;
  return {
    ...{ rule: rule.id, level, info: rule.info, detail, file, line, endLine, source, logicalId, type, path, fingerprint },
    ...{ controls: controlsOf(rule), fix: rule.fix, see: rule.see },
    ...(witness && { witness }),
    ...(acknowledged !== undefined && { acknowledged, acknowledgedIn }),
    ...(expires !== undefined && (acknowledged === undefined ? { expired: expires } : { expires })),
  };
}
