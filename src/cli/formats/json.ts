import type { Finding } from '../finding';
import type { Report } from '../report';

/** For programs. */
export function jsonReport({ findings, acknowledged, failures, templates, resources, rules, version }: Report): string {
  const entry = ({ rule, level, detail, file, line, logicalId, type, path, fingerprint, witness, acknowledged: reason }: Finding) => ({
    ...{ rule: rule.id, level, info: rule.info, detail, file, line, logicalId, type, path, fingerprint },
    ...(witness && { witness }),
    ...(reason !== undefined && { acknowledged: reason }),
  });
  return JSON.stringify({
    tool: 'cdk-encryption',
    version,
    templates,
    resources,
    rules,
    findings: findings.map(entry),
    acknowledged: acknowledged.map(entry),
    failures: failures.map(({ file, line, column, message }) => ({ file, line, column, message })),
  }, undefined, 2);
}
