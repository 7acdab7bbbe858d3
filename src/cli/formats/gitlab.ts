import { createHash } from 'node:crypto';
import { placeOf } from './place';
import type { Finding } from '../finding';
import type { Report } from '../report';

const SEVERITIES: Record<Finding['level'], string> = { error: 'critical', warning: 'major', info: 'minor', undetermined: 'info' };

/**
 * A code quality report of GitLab: what a merge request changes is shown in it.
 *
 * @see https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
 */
export function gitlabReport(report: Report): string {
  const { findings, failures } = report;
  return JSON.stringify([
    ...findings.map((finding) => {
      const { rule, level, detail, path, logicalId, file, fingerprint } = finding;
      const { file: at, line } = placeOf(finding, report);
      return {
        description: `${path ?? logicalId}: ${rule.info} ${level === 'undetermined' ? 'Undetermined' : 'Found'}: ${detail}.`,
        check_name: rule.id,
        // GitLab shows one of those that have the same.
        fingerprint: digest(fingerprint, file),
        severity: SEVERITIES[level],
        location: { path: at, lines: { begin: line } },
      };
    }),
    ...failures.map(({ message, file, line, text }) => ({
      description: `Not checked: ${message}`,
      check_name: 'cdk-encryption',
      fingerprint: digest('failure', text),
      severity: 'blocker',
      location: { path: file ?? 'cdk-encryption', lines: { begin: line ?? 1 } },
    })),
  ], undefined, 2);
}

const digest = (...parts: string[]) => createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 32);
