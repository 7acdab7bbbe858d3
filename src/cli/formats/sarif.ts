import type { Log, ReportingDescriptor, Result } from 'sarif';
import type { Rule, Severity } from '../../rules/rule';
import type { Failure } from '../failure';
import type { Finding } from '../finding';
import type { Report } from '../report';

const LEVELS: Record<Finding['level'], Result.level> = { error: 'error', warning: 'warning', info: 'note', undetermined: 'note' };
/** How GitHub code scanning sorts: 7 and more is high. */
const SECURITY_SEVERITY: Record<Severity, string> = { error: '8.0', warning: '5.0', info: '2.0' };

/** SARIF 2.1.0, as GitHub code scanning shows it. */
export function sarifReport({ findings, acknowledged, failures, version }: Report): string {
  const all = [...findings, ...acknowledged];
  const rules = [...new Map(all.map(({ rule }) => [rule.id, rule])).values()];
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{
      tool: {
        driver: {
          name: 'cdk-encryption',
          version,
          informationUri: 'https://github.com/cdk-encryption-constructs/cdk-encryption-constructs',
          rules: rules.map(descriptor),
        },
      },
      columnKind: 'utf16CodeUnits',
      invocations: [{ executionSuccessful: failures.length === 0, toolExecutionNotifications: failures.map(notification) }],
      results: all.map((finding) => result(finding, rules)),
    }],
  };
  return JSON.stringify(log, undefined, 2);
}

function descriptor({ id, info, why, fix, see, severity, controls }: Rule): ReportingDescriptor {
  return {
    id,
    name: id.replace(/^Encryption-/, ''),
    shortDescription: { text: info },
    fullDescription: { text: why },
    help: { text: `${why} ${fix} See ${see}`, markdown: `${why}\n\n**Fix**: ${fix}\n\n[AWS documentation](${see})` },
    helpUri: see,
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { 'tags': ['security', 'encryption', ...Object.values(controls).flat().filter((tag): tag is string => tag !== undefined)].slice(0, 20), 'security-severity': SECURITY_SEVERITY[severity] },
  };
}

function result(finding: Finding, rules: Rule[]): Result {
  const { rule, level, detail, file, line, logicalId, path, fingerprint, witness, acknowledged, acknowledgedIn } = finding;
  return {
    ruleId: rule.id,
    ruleIndex: rules.indexOf(rule),
    level: LEVELS[level],
    kind: level === 'undetermined' ? 'open' : 'fail',
    message: { text: `${path ?? logicalId}: ${rule.info} ${level === 'undetermined' ? 'Undetermined' : 'Found'}: ${detail}.` },
    locations: [{
      physicalLocation: { artifactLocation: { uri: uriOf(file) }, region: { startLine: line ?? 1 } },
      logicalLocations: [{ name: logicalId, fullyQualifiedName: path ?? logicalId, kind: 'resource' }],
    }],
    ...(witness && { properties: { witness } }),
    partialFingerprints: { 'cdkEncryption/v1': fingerprint },
    ...(acknowledged !== undefined && { suppressions: [{ kind: acknowledgedIn === 'template' ? 'inSource' : 'external', justification: acknowledged }] }),
  };
}

function notification({ message, file, line, column }: Failure) {
  const region = line !== undefined && { region: { startLine: line, startColumn: column } };
  return {
    level: 'error' as const,
    message: { text: message },
    ...(file !== undefined && { locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(file) }, ...region } }] }),
  };
}

function uriOf(file: string): string {
  return file.split('/').map((part) => encodeURIComponent(part)).join('/');
}
