import type { Location, Log, Notification, Region, ReportingDescriptor, Result } from 'sarif';
import { placeOf } from './place';
import type { Rule, Severity } from '../../rules/rule';
import type { Failure } from '../failure';
import type { Finding } from '../finding';
import { controlTags } from '../frameworks';
import type { Note, Passed, Report } from '../report';

const LEVELS: Record<Severity, Result.level> = { error: 'error', warning: 'warning', info: 'note' };
/** How GitHub code scanning sorts: 7 and more is high. */
const SECURITY_SEVERITY: Record<Severity, string> = { error: '8.0', warning: '5.0', info: '2.0' };
/** GitHub takes no more tags of a rule. */
const MOST_TAGS = 20;

/** SARIF 2.1.0, as GitHub code scanning shows it. */
export function sarifReport(report: Report): string {
  const { findings, acknowledged, known, passed = [], failures, notes, version } = report;
  const all = [...findings, ...acknowledged, ...known];
  const rules = [...new Map([...all, ...passed].map(({ rule }) => [rule.id, rule])).values()];
  const indexOf = new Map(rules.map((rule, index) => [rule.id, index]));
  const isKnown = new Set(known);
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
      invocations: [{
        executionSuccessful: failures.length === 0,
        toolExecutionNotifications: [...failures.map(notification), ...notes.map(noteOf)],
      }],
      results: [...all.map((finding) => result(finding, indexOf, report, isKnown.has(finding))), ...passed.map((each) => pass(each, indexOf))],
    }],
  };
  return JSON.stringify(log, undefined, 2);
}

function descriptor(rule: Rule): ReportingDescriptor {
  const { id, info, why, fix, see, severity } = rule;
  return {
    id,
    name: id.replace(/^Encryption-/, ''),
    shortDescription: { text: info },
    fullDescription: { text: why },
    help: { text: `${why} ${fix} See ${see}`, markdown: `${why}\n\n**Fix**: ${fix}\n\n[AWS documentation](${see})` },
    helpUri: see,
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { 'tags': ['security', 'encryption', ...controlTags(rule)].slice(0, MOST_TAGS), 'security-severity': SECURITY_SEVERITY[severity] },
  };
}

function result(finding: Finding, indexOf: ReadonlyMap<string, number>, report: Report, isKnown: boolean): Result {
  const { rule, level, detail, file, line, endLine, source, logicalId, path, fingerprint, witness, acknowledged, acknowledgedIn } = finding;
  const inTemplate = at(file, { startLine: line ?? 1, ...(endLine !== undefined && { endLine }) });
  return {
    ruleId: rule.id,
    ruleIndex: indexOf.get(rule.id),
    // Only what fails has a level: SARIF 2.1.0, 3.27.9 and 3.27.10.
    ...(level === 'undetermined' ? { kind: 'open', level: 'none' } : { kind: 'fail', level: LEVELS[level] }),
    message: { text: `${path ?? logicalId}: ${rule.info} ${level === 'undetermined' ? 'Undetermined' : 'Found'}: ${detail}.` },
    locations: [{ ...physical(finding, report), logicalLocations: [logical(finding)] }],
    ...(source && { relatedLocations: [{ id: 1, message: { text: 'in the template' }, ...inTemplate }] }),
    ...(witness && { properties: { witness } }),
    partialFingerprints: { 'cdkEncryption/v1': fingerprint },
    ...(acknowledged !== undefined && { suppressions: [{ kind: acknowledgedIn === 'template' ? 'inSource' : 'external', justification: acknowledged }] }),
    ...(isKnown && { suppressions: [{ kind: 'external', justification: 'in the baseline' }], baselineState: 'unchanged' }),
  };
}

/** A line of the app is what GitHub shows: of a generated template that nobody commits it shows nothing. */
function physical(finding: Finding, report: Report): Location {
  const { file, line, column } = finding.source ?? { ...placeOf(finding, report), line: finding.line ?? 1, column: undefined };
  return at(file, { startLine: line, ...(column !== undefined && { startColumn: column }) });
}

const at = (file: string, region: Region): Location => ({ physicalLocation: { artifactLocation: { uri: uriOf(file) }, region } });

const logical = ({ logicalId, path }: Pick<Finding, 'logicalId' | 'path'>) => ({ name: logicalId, fullyQualifiedName: path ?? logicalId, kind: 'resource' });

function pass(passed: Passed, indexOf: ReadonlyMap<string, number>): Result {
  const { rule, file, line, path, logicalId } = passed;
  return {
    ruleId: rule.id,
    ruleIndex: indexOf.get(rule.id),
    kind: 'pass',
    level: 'none',
    message: { text: `${path ?? logicalId}: ${rule.info}` },
    locations: [{ ...at(file, { startLine: line ?? 1 }), logicalLocations: [logical(passed)] }],
  };
}

function notification({ message, file, line, column }: Failure): Notification {
  const region = line !== undefined && { region: { startLine: line, startColumn: column ?? 1 } };
  return {
    level: 'error',
    message: { text: message },
    ...(file !== undefined && { locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(file) }, ...region } }] }),
  };
}

const noteOf = ({ text }: Note): Notification => ({ level: 'warning', message: { text } });

/** Relative to the repository, or of another folder. */
function uriOf(file: string): string {
  const uri = file.replace(/\\/g, '/').split('/').map((part) => encodeURIComponent(part)).join('/');
  return /^[A-Za-z]%3A\//.test(uri) ? `file:///${uri.replace('%3A', ':')}` : uri.startsWith('/') ? `file://${uri}` : uri;
}
