import { BAD_QUEUE, cdkEncryption, folderWith, runIn } from '../support/command-line';

const FILES = { 'a b.yaml': BAD_QUEUE, 'broken.json': '{"Resources": {', '.cdk-encryption.json': { acknowledge: [{ rule: 'Encryption-SqsQueueTlsOnly', reason: 'inside of a VPC' }] } };
const all = ['check', 'a b.yaml', 'broken.json', '--format'];

test('SARIF names the rule, the place, the fingerprint, what is accepted and what could not be checked', () => {
  const { runs: [run], version } = JSON.parse(cdkEncryption([...all, 'sarif'], { files: FILES }).out);
  expect(version).toBe('2.1.0');
  const found = run.results.find(({ ruleId }: any) => ruleId === 'Encryption-SqsQueueEncrypted');
  expect(run.tool.driver.rules[found.ruleIndex]).toMatchObject({ id: 'Encryption-SqsQueueEncrypted', helpUri: expect.stringContaining('https://docs.aws.amazon.com/') });
  expect(found).toMatchObject({
    level: 'error',
    locations: [{ physicalLocation: { artifactLocation: { uri: 'a%20b.yaml' }, region: { startLine: 2 } } }],
    partialFingerprints: { 'cdkEncryption/v1': expect.stringMatching(/^[0-9a-f]{32}$/) },
  });
  expect(run.results.find(({ suppressions }: any) => suppressions)).toMatchObject({ ruleId: 'Encryption-SqsQueueTlsOnly', suppressions: [{ kind: 'external', justification: 'inside of a VPC' }] });
  expect(run.invocations).toMatchObject([{ executionSuccessful: false, toolExecutionNotifications: [{ level: 'error', locations: [{ physicalLocation: { region: { startLine: 1 } } }] }] }]);
});

test('a fingerprint stays where a line moves, and is another for another resource', () => {
  const of = (text: string) => JSON.parse(cdkEncryption(['check', 't.yaml', '--format', 'json'], { files: { 't.yaml': text } }).out).findings[0].fingerprint;
  expect(of(`# moved\n\n${BAD_QUEUE}`)).toBe(of(BAD_QUEUE));
  expect(of(BAD_QUEUE.replace('Orders', 'Other'))).not.toBe(of(BAD_QUEUE));
});

test('JUnit has a suite for each template and for what could not be checked', () => {
  const { out } = cdkEncryption([...all, 'junit'], { files: FILES });
  expect(out).toContain('<testsuite name="a b.yaml"');
  expect(out).toContain('name="Encryption-SqsQueueEncrypted"');
  expect(out).toMatch(/<failure message="[^"]*SqsManagedSseEnabled is false/);
  expect(out).toContain('<testsuite name="broken.json"');
});

test('text is coloured for a terminal only', () => {
  expect(cdkEncryption([...all, 'text'], { files: FILES, colour: true }).out).toContain('\u001b[31merror');
  // eslint-disable-next-line no-control-regex
  expect(cdkEncryption([...all, 'text'], { files: FILES }).out).not.toMatch(/\u001b/);
});

test('several formats come in one run, into a folder; text is printed', () => {
  const ran = cdkEncryption([...all, 'text,json,sarif,junit', '--output', 'reports/today'], { files: FILES });
  expect(ran.out).toContain('Encryption-SqsQueueEncrypted');
  expect(ran.code).toBe(2);
  expect(JSON.parse(ran.read('reports/today/cdk-encryption.json')).templates).toEqual(['a b.yaml']);
  expect(JSON.parse(ran.read('reports/today/cdk-encryption.sarif')).version).toBe('2.1.0');
  expect(ran.read('reports/today/cdk-encryption.xml')).toContain('<testsuites');
  expect(() => ran.read('reports/today/cdk-encryption.txt')).toThrow();
});

test('one format comes into a file; one that cannot be written is told, and nothing half-written is left', () => {
  expect(JSON.parse(cdkEncryption([...all, 'json', '--output', 'out.json'], { files: FILES }).read('out.json')).tool).toBe('cdk-encryption');
  const folder = folderWith({ ...FILES, 'taken/x': '' });
  const { code, err } = runIn(folder, [...all, 'json', '--output', 'taken']);
  expect([code, err]).toEqual([2, expect.stringContaining('cdk-encryption: taken: cannot be written')]);
});
