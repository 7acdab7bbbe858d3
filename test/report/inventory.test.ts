import { judge } from '../../src/checks/judge';
import { RULES } from '../../src/checks/rule-table';
import type { ReportDocument, ReportedResource } from '../../src/report/document';
import { factsOf } from '../../src/report/table-facts';
import { ENCRYPTION_TABLE } from '../../src/table/encryption-table';
import { Template } from '../../src/template/template';
import { cdkEncryption } from '../support/command-line';
import { examplesOf, templatesOf } from '../support/rule-examples';

/** The report of a template, by name. */
function reported(files: Record<string, string | object>, ...more: string[]): { document: ReportDocument; of: (name: string) => ReportedResource } {
  const { read } = cdkEncryption(['report', ...Object.keys(files).slice(0, 1), '--format', 'json', ...more], { files });
  const document: ReportDocument = JSON.parse(read('cdk-encryption.inventory.json'));
  return { document, of: (name) => document.resources.find(({ resource }) => resource === name)! };
}

test('lists a resource of every type of the table', () => {
  const types = Object.keys(ENCRYPTION_TABLE).map((type) => `AWS::${type}`);
  const resources = Object.fromEntries(types.map((Type, index) => [`R${index}`, { Type, Properties: {} }]));
  expect(reported({ 't.json': { Resources: resources } }).document.resources.map(({ type }) => type)).toEqual(types);
});

const YAML = `Parameters: {Key: {Type: String}}
Conditions: {Prod: !Equals [!Ref AWS::Region, eu-west-1]}
Resources:
  MyKey:
    Type: AWS::KMS::Key
    Properties: {EnableKeyRotation: true}
  Files:
    Type: AWS::EFS::FileSystem
    Properties:
      Encrypted: true
      KmsKeyId: !GetAtt MyKey.Arn
  Plain:
    Type: AWS::EFS::FileSystem
    Properties:
      Encrypted: false
  ManagedFiles:
    Type: AWS::EFS::FileSystem
    Properties: {Encrypted: true}
  Repo: {Type: AWS::CodeCommit::Repository, Properties: {RepositoryName: r}}
  Metrics: {Type: AWS::APS::Workspace}
  Imported:
    Type: AWS::APS::Workspace
    Properties:
      KmsKeyArn: !Ref Key
  Stream:
    Type: AWS::Kinesis::Stream
    Properties:
      StreamEncryption:
        EncryptionType: KMS
        KeyId: !If
          - Prod
          - !Ref MyKey
          - alias/aws/kinesis
  Pipeline:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      ArtifactStores:
        - Region: eu-west-1
          ArtifactStore:
            Type: S3
            EncryptionKey:
              Type: KMS
              Id: !GetAtt MyKey.Arn
        - Region: us-east-1
          ArtifactStore:
            Type: S3
            EncryptionKey: {Type: KMS, Id: 'arn:aws:kms:us-east-1:111122223333:key/1'}
  Edge:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        DefaultCacheBehavior: {ViewerProtocolPolicy: https-only}
        ViewerCertificate:
          AcmCertificateArn: a
          MinimumProtocolVersion: TLSv1.2_2021
  Code: {Type: AWS::Lambda::Function, Properties: {Handler: h}}
`;

describe('a resource of the table', () => {
  const { of, document } = reported({ 't.yaml': YAML });

  test.each([
    ['Files', 'MyKey', 'yes', 'customer'],
    ['Plain', '-', 'no', 'none'],
    ['ManagedFiles', '-', 'AWS-managed', 'AWS'],
    ['Repo', '-', 'AWS-managed', 'AWS'],
    ['Metrics', '-', 'AWS-owned', 'AWS'],
    ['Imported', '${?}', 'unknown', 'unknown'],
    ['Code', '-', 'does not apply', 'none'],
  ])('%s is under %s: %s, of %s', (name, key, atRest, keyOwner) => {
    expect(of(name)).toMatchObject({ key, atRest, keyOwner });
  });

  test('has all keys that it names', () => {
    expect(of('Pipeline').keys).toEqual(['MyKey', 'arn:aws:kms:us-east-1:111122223333:key/1']);
    expect(of('Pipeline').access.map(({ who, certainty }) => `${who} ${certainty}`)).toContain('unknown unknown');
  });

  test('has the lines of its properties as evidence', () => {
    const lineOf = (name: string, property: string) => of(name).evidence.find((each) => each.property === property)?.line;
    const lineIn = (text: string) => YAML.split('\n').findIndex((line) => line.includes(text)) + 1;
    expect(lineOf('Files', 'KmsKeyId')).toBe(lineIn('KmsKeyId: !GetAtt'));
    expect(lineOf('Files', 'Encrypted')).toBe(lineIn('Encrypted: true'));
    expect(lineOf('Plain', 'Encrypted')).toBe(lineIn('Encrypted: false'));
    expect(lineOf('Pipeline', 'ArtifactStores[0].ArtifactStore.EncryptionKey.Id')).toBe(lineIn(' Id: !GetAtt MyKey.Arn'));
    expect(lineOf('Stream', 'StreamEncryption.KeyId')).toBe(lineIn('KeyId: !If'));
  });

  test('of a property that is not there says what follows', () => {
    expect(of('Metrics').evidence).toContainEqual({ about: 'at rest', property: 'KmsKeyArn', value: 'not set: a key that AWS owns encrypts it', line: of('Metrics').line });
    expect(of('Repo').evidence[0].value).toBe('not set: a key that AWS manages encrypts it');
  });

  test('is encrypted in transit where its service takes nothing but TLS', () => {
    expect(of('Stream')).toMatchObject({ inTransit: 'yes' });
    expect(of('MyKey')).toMatchObject({ inTransit: 'yes' });
  });

  test('has its lowest version of TLS', () => {
    expect(of('Edge')).toMatchObject({ inTransit: 'yes', tls: { policy: 'TLSv1.2_2021', minimumVersion: 'TLS 1.2', postQuantum: 'unknown' } });
  });

  test('has the controls that the rules of the table answer', () => {
    expect(of('Plain').controls.failed).toEqual(expect.arrayContaining(['fsbp:EFS.1', 'pci:3.5.1']));
    expect(of('Files').controls.passed).toContain('fsbp:EFS.1');
  });

  test('has who can use its key', () => {
    expect(of('Files').access.map(({ can }) => can)).toEqual(expect.arrayContaining(['decrypt', 'encrypt']));
  });

  test('is counted', () => {
    expect(document.summary.atRest).toMatchObject({ 'no': 1, 'AWS-managed': 2, 'AWS-owned': 1 });
  });
});

test('the lines of a template in JSON are those of the properties too', () => {
  const template = { Resources: { A: { Type: 'AWS::SNS::Topic', Properties: { DisplayName: 'a', KmsMasterKeyId: { Ref: 'K' } } }, B: { Type: 'AWS::EFS::FileSystem', Properties: { Encrypted: { 'Fn::If': ['C', true, false] }, KmsKeyId: 'k' } }, K: { Type: 'AWS::KMS::Key' } }, Conditions: { C: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'x'] } } };
  const lines = JSON.stringify(template, undefined, 2).split('\n');
  const { of } = reported({ 't.json': template });
  const evidence = (name: string, property: string) => of(name).evidence.find((each) => each.property === property)?.line;
  expect(lines[evidence('A', 'KmsMasterKeyId')! - 1]).toContain('"KmsMasterKeyId"');
  expect(lines[evidence('B', 'Encrypted')! - 1]).toContain('"Encrypted"');
  expect(lines[evidence('B', 'KmsKeyId')! - 1]).toContain('"KmsKeyId"');
});

/** A resource as the first example of a rule of the table has it. */
function firstOf(rule: typeof RULES[number], title: string): AtRestOfExample | undefined {
  const [, , example] = examplesOf(rule).find(([, each]) => each === title) ?? [];
  if (example === undefined) { return undefined; }
  const [resource] = new Template(templatesOf(example)[0]).all();
  return { status: factsOf(resource)?.atRest, fails: judge(rule, resource).kind === 'fail' };
}

interface AtRestOfExample {
  readonly status?: string;
  readonly fails: boolean;
}

test.each([
  ['CustomerKey', 'the key that AWS manages', ['AWS-managed', 'AWS-owned', 'no', 'unknown']],
  ['CustomerKey', 'no key', ['AWS-managed', 'AWS-owned', 'no', 'unknown']],
  ['Encrypted', 'turned off', ['no', 'unknown']],
])('of no type of the table the report says more than the rule %s does: %s', (ending, title, expected) => {
  const examples = RULES.filter(({ id, isGenerated }) => isGenerated && id.endsWith(ending)).flatMap((rule) => {
    const found = firstOf(rule, title);
    return found?.fails ? [[rule.id, found.status] as const] : [];
  });
  expect(examples.length).toBeGreaterThan(20);
  expect(examples.filter(([, status]) => status === undefined || !expected.includes(status))).toEqual([]);
});

describe('what is chosen', () => {
  const files = { 't.yaml': 'Resources:\n  Q: {Type: AWS::SQS::Queue}\n  T: {Type: AWS::SNS::Topic}\n  X: {Type: AWS::StepFunctions::Activity, Properties: {Name: x}}\n  I: {Type: AWS::IAM::Group}\n' };
  const rule = "module.exports = { id: 'Acme-GroupNamed', severity: 'error', guards: 'access', resourceTypes: ['AWS::IAM::Group'], info: 'Groups are named.', why: 'w', fix: 'f', see: 'https://example.com', controls: { nist: ['AC-2'] }, examples: { wrong: { a: 'Resources: {G: {Type: AWS::IAM::Group}}' }, right: { b: 'Resources: {G: {Type: AWS::IAM::Group, Properties: {GroupName: g}}}' } }, check: (group) => (group.get('GroupName').kind === 'absent' ? { kind: 'fail', detail: 'GroupName is not set' } : { kind: 'pass' }) };";

  test('services limit resources and rules, and the report says so', () => {
    const { document } = reported(files, '--services', 'sqs');
    expect(document.resources.map(({ resource }) => resource)).toEqual(['Q']);
    expect(document.notes).toContainEqual('Only resources of these services are listed: sqs.');
  });

  test('rules of a team are asked, and what they concern is listed', () => {
    const { of } = reported({ ...files, 'rules/group.cjs': rule }, '--rules-from', 'rules');
    expect(of('I')).toMatchObject({ failed: ['Acme-GroupNamed'], controls: { failed: ['nist:AC-2'] }, findings: [{ level: 'error', detail: 'GroupName is not set' }] });
    expect(reported(files).of('I')).toBeUndefined();
  });

  test('a choice that is empty or unknown is an error', () => {
    for (const args of [['--rules', ''], ['--rules', 'Nothing'], ['--skip', '*'], ['--services', 'nothing']]) {
      expect(cdkEncryption(['report', 't.yaml', ...args], { files }).code).toBe(2);
    }
  });

  test('rules that are left out are said', () => {
    expect(reported(files, '--skip', 'SqsQueueCustomerKey').document.notes).toContainEqual(expect.stringMatching(/^1 of \d+ rules were not asked/));
  });
});

test('exceptions that ended or accept nothing are told, and unknown ones are an error', () => {
  const acknowledge = [{ rule: 'Encryption-SqsQueueCustomerKey', reason: 'r', expires: '2026-01-01' }, { rule: 'Encryption-SnsTopicCustomerKey', reason: 'unused' }];
  const { document, of } = reported({ 't.yaml': 'Resources:\n  Q: {Type: AWS::SQS::Queue}\n', '.cdk-encryption.json': { acknowledge } });
  expect(document.notes).toEqual([expect.stringContaining('expired on 2026-01-01'), expect.stringContaining('accepts nothing')]);
  expect(of('Q').findings.map(({ rule }) => rule)).toContain('Encryption-SqsQueueCustomerKey');
  expect(cdkEncryption(['report', 't.yaml'], { files: { 't.yaml': 'Resources: {Q: {Type: AWS::SQS::Queue}}', '.cdk-encryption.json': { acknowledge: [{ rule: 'Encryption-Nothing', reason: 'r' }] } } }).code).toBe(2);
});

test('an exception has its author where the configuration names one', () => {
  const acknowledge = [{ rule: 'Encryption-SqsQueueCustomerKey', reason: 'r', author: 'Alex', expires: '2027-03-31' }];
  const { of } = reported({ 't.yaml': 'Resources:\n  Q: {Type: AWS::SQS::Queue}\n', '.cdk-encryption.json': { acknowledge } });
  expect(of('Q').exceptions).toEqual([{ rule: 'Encryption-SqsQueueCustomerKey', reason: 'r', acceptedIn: 'configuration', author: 'Alex', expires: '2027-03-31' }]);
});

test('the commit is the one that is named, or none', () => {
  expect(reported({ 't.yaml': 'Resources: {}' }, '--commit', 'abc').document.commit).toBe('abc');
  expect(reported({ 't.yaml': 'Resources: {}' }, '--commit', 'none').document.commit).toBeUndefined();
});
