import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv, { AnySchema } from 'ajv';
import Ajv2020 from 'ajv/dist/2020';
import { BAD_QUEUE, cdkEncryption, runIn } from '../support/command-line';
import { junitProblems } from '../support/jenkins-junit';

/** Everything that a report can have: findings of each level, accepted ones, ones of a baseline, notes, hostile names, failures. */
const HOSTILE = 'Resources:\n  "<Q> & \\"\\u0001\\n]]>::error::":\n    Type: AWS::SQS::Queue\n    Properties: {SqsManagedSseEnabled: false}\n';
const KEY = "Resources: {Key: {Type: AWS::KMS::Key, Properties: {KeyPolicy: {Statement: [{Effect: Allow, Principal: {AWS: '*'}, Action: 'kms:*', Resource: '*'}]}}}}\n";
const FILES = {
  'a b.yaml': BAD_QUEUE,
  'hostile.yaml': HOSTILE,
  'key.yaml': KEY,
  'unknown.yaml': 'Parameters: {On: {Type: String}}\nResources: {Q: {Type: AWS::RDS::DBProxy, Properties: {RequireTLS: !Ref On}}}',
  'broken.json': '{"Resources": {',
  'old.yaml': BAD_QUEUE.replace('Orders', 'Old'),
  'typo.yaml': `${BAD_QUEUE}    Metadata: {cdk_nag: {rules_to_suppress: [{id: Encryption-SqsQueueEncryptd, reason: r}]}}\n`,
  '.cdk-encryption.json': {
    acknowledge: [
      { rule: 'Encryption-SqsQueueTlsOnly', file: 'a b.yaml', reason: 'inside of a VPC', expires: '2027-03-31' },
      { rule: 'Encryption-SqsQueueEncrypted', file: 'a b.yaml', reason: 'over', expires: '2026-01-01' },
      { rule: 'Encryption-S3BucketTlsOnly', reason: 'nothing' },
    ],
  },
};

let reports: Record<string, string>;
beforeAll(() => {
  const { folder } = cdkEncryption(['check', 'old.yaml', '--write-baseline', 'known.json'], { files: FILES });
  const ran = runIn(folder, ['check', '*.yaml', 'broken.json', '--baseline', 'known.json', '--show', 'passed', '--format', 'text,json,sarif,junit,github,gitlab', '--output', 'out']);
  expect(ran.code).toBe(2);
  reports = { stdout: ran.out, ...Object.fromEntries(['json', 'sarif', 'xml', 'gitlab.json'].map((ending) => [ending, ran.read(`out/cdk-encryption.${ending}`)])) };
});

/** What a schema of JSON says against a value, in one line each. */
function problems(schema: AnySchema, value: unknown): string[] {
  const options = { allErrors: true, strict: false, unicodeRegExp: false, formats: { 'uri': /^[a-z][a-z0-9+.-]*:\S*$/i, 'uri-reference': /^[^\s\\]*$/, 'date-time': /^\d{4}-/ } };
  const is2020 = JSON.stringify(schema).includes('2020-12');
  const validate = (is2020 ? new Ajv2020(options) : new Ajv(options)).compile(schema);
  return validate(value) ? [] : validate.errors!.map(({ instancePath, message }) => `${instancePath}: ${message}`);
}

describe('JSON is by the schema that is published with the package', () => {
  const schema = JSON.parse(readFileSync(join(__dirname, '../../schemas/check.schema.json'), 'utf8'));

  test('with everything in it', () => {
    const report = JSON.parse(reports.json);
    expect(problems(schema, report)).toEqual([]);
    for (const part of ['findings', 'acknowledged', 'baseline', 'passed', 'failures', 'notes']) { expect([part, report[part].length > 0]).toEqual([part, true]); }
    expect(new Set(report.findings.map(({ level }: { level: string }) => level))).toEqual(new Set(['error', 'warning', 'info', 'undetermined']));
    expect(new Set(report.notes.map(({ kind }: { kind: string }) => kind))).toEqual(new Set(['expired', 'unused']));
    expect(report.findings.some(({ witness }: { witness?: object }) => witness)).toBe(true);
    expect(report.summary.text).toMatch(/^\d+ rules over \d+ resources in 6 templates: .*, 1 unknown acknowledgement, 1 not read$/);
  });

  test('and the schema refuses what is not of it', () => {
    const report = JSON.parse(reports.json);
    expect(problems(schema, { ...report, more: 1 })).not.toEqual([]);
    expect(problems(schema, { ...report, findings: [{ ...report.findings[0], level: 'fatal' }] })).not.toEqual([]);
  });
});

describe('SARIF is 2.1.0 by the schema of OASIS', () => {
  const { $schema: _, id: __, ...schema } = JSON.parse(readFileSync(require.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'), 'utf8'));

  test('with everything in it', () => {
    const log = JSON.parse(reports.sarif);
    expect(problems(schema, log)).toEqual([]);
    const [{ results }] = log.runs;
    expect(new Set(results.map(({ kind }: { kind: string }) => kind))).toEqual(new Set(['fail', 'open', 'pass']));
    expect(results.every(({ kind, level }: { kind: string; level: string }) => (kind === 'fail') === (level !== 'none'))).toBe(true);
    expect(results.filter(({ suppressions }: { suppressions?: object[] }) => suppressions).length).toBeGreaterThan(1);
  });

  test('and the schema refuses what is not of it', () => {
    expect(problems(schema, { ...JSON.parse(reports.sarif), version: '3' })).not.toEqual([]);
  });

  test('with labelled tags for the controls of standards', () => {
    const { runs: [{ tool: { driver: { rules } } }] } = JSON.parse(reports.sarif);
    const tags = new Map<string, string[]>(rules.map(({ id, properties }: any) => [id, properties.tags]));
    expect(tags.get('Encryption-SqsQueueTlsOnly')).toEqual(expect.arrayContaining(['security', 'external/pci-dss/4.2.1', 'external/nist/SC-8']));
    expect([...tags.values()].every(({ length }) => length <= 20)).toBe(true);
  });
});

describe("JUnit is by Jenkins' schema", () => {
  test('with everything in it', () => {
    expect(junitProblems(reports.xml)).toEqual([]);
    for (const part of ['<failure ', '<skipped>', '<system-out>', '<error ']) { expect(reports.xml).toContain(part); }
  });

  test('and the schema refuses what is not of it', () => {
    expect(junitProblems(reports.xml.replace('<testcase ', '<testcase file="a" '))).toEqual(['testcase has the attribute file']);
    expect(junitProblems(reports.xml.replace('<testsuites ', '<testsuites skipped="1" '))).toEqual(['testsuites has the attribute skipped']);
  });

  test('with the numbers of what is in it', () => {
    const count = (pattern: RegExp) => [...reports.xml.matchAll(pattern)].length;
    expect(reports.xml).toContain(`<testsuites name="cdk-encryption" tests="${count(/<testcase /g)}" failures="${count(/<failure /g)}" errors="${count(/<error /g)}">`);
  });
});

test('workflow commands of GitHub escape what would end or begin one', () => {
  const commands = reports.stdout.split('\n').filter((line) => line.startsWith('::'));
  expect(commands.every((line) => /^::(error|warning|notice)( [a-zA-Z]+=[^:,\r\n]*(,[a-zA-Z]+=[^:,\r\n]*)*)?::[^\r\n]+$/.test(line))).toBe(true);
  expect(commands).toContainEqual(expect.stringMatching(/^::error file=a b\.yaml,line=5,col=7,title=Encryption-SqsQueueEncrypted::Orders: /));
  expect(commands).toContainEqual(expect.stringMatching(/^::error file=broken\.json,line=1,col=16::not valid JSON/));
  expect(commands.some((line) => line.includes('%0A]]>::error::'))).toBe(true);
});

test('a code quality report of GitLab has what GitLab asks for, and no fingerprint twice', () => {
  const entries = JSON.parse(reports['gitlab.json']);
  for (const { description, check_name: name, fingerprint, severity, location: { path, lines: { begin } } } of entries) {
    expect([typeof description, typeof name, typeof path, begin >= 1]).toEqual(['string', 'string', 'string', true]);
    expect(['info', 'minor', 'major', 'critical', 'blocker']).toContain(severity);
    expect(fingerprint).toMatch(/^[0-9a-f]{32}$/);
  }
  expect(new Set(entries.map(({ fingerprint }: { fingerprint: string }) => fingerprint)).size).toBe(entries.length);
  expect(entries).toContainEqual(expect.objectContaining({ check_name: 'Encryption-SqsQueueEncrypted', severity: 'critical', location: { path: 'a b.yaml', lines: { begin: 5 } } }));
});

test('text lets no name of a template steer a terminal or begin a line', () => {
  // eslint-disable-next-line no-control-regex
  expect(reports.stdout).not.toMatch(/[\u0000-\u0009\u000B-\u001F]/);
  expect(reports.stdout.split('\n').filter((line) => /^\]\]>/.test(line))).toEqual([]);
});
