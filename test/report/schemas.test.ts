import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import { cdkEncryption } from '../support/command-line';

const KEY = 'Key: {Type: AWS::KMS::Key, Properties: {EnableKeyRotation: true, KeyPolicy: {Statement: [{Effect: Allow, Principal: {AWS: !Ref AWS::AccountId, Service: sns.amazonaws.com}, Action: "kms:*", Resource: "*"}]}}}';
const FILES = {
  'a.yaml': `Parameters: {Id: {Type: String}}
Resources:
  ${KEY}
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {}, ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess']}}
  Queue: {Type: AWS::SQS::Queue, Properties: {KmsMasterKeyId: !Ref Key}}
  Plain: {Type: AWS::SQS::Queue, Properties: {SqsManagedSseEnabled: false}}
  Topic: {Type: AWS::SNS::Topic, Properties: {KmsMasterKeyId: !Ref Id}}
  Https: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {Protocol: HTTPS, SslPolicy: ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09, LoadBalancerArn: a}}
  Certificate: {Type: AWS::CertificateManager::Certificate, Properties: {DomainName: example.com}}
  To: {Type: AWS::SNS::Subscription, Properties: {Protocol: sqs, TopicArn: !Ref Topic, Endpoint: !GetAtt Queue.Arn}}
`,
  'broken.json': '{',
  '.cdk-encryption.json': { acknowledge: [{ rule: 'Encryption-SqsQueueTlsOnly', resource: 'Plain', reason: 'r', author: 'Alex', expires: '2027-03-31' }, { rule: 'Encryption-S3BucketTlsOnly', reason: 'nothing' }] },
};

const schemaNamed = (name: string) => JSON.parse(readFileSync(join(__dirname, `../../schemas/${name}.schema.json`), 'utf8'));

function problems(name: string, value: unknown): string[] {
  const validate = new Ajv2020({ allErrors: true, strict: false }).compile(schemaNamed(name));
  return validate(value) ? [] : validate.errors!.map(({ instancePath, message }) => `${instancePath}: ${message}`);
}

const { read, code } = cdkEncryption(['report', 'a.yaml', 'broken.json', '--format', 'json,oscal', '--commit', 'abc'], { files: FILES });

describe('the inventory is by the schema that is published with the package', () => {
  const inventory = JSON.parse(read('cdk-encryption.inventory.json'));

  test('with everything in it', () => {
    expect(code).toBe(2);
    expect(problems('inventory', inventory)).toEqual([]);
    for (const part of ['certificates', 'flows', 'notRead', 'notes', 'notSeen', 'rulesApplied']) { expect([part, inventory[part].length > 0]).toEqual([part, true]); }
    for (const part of ['evidence', 'findings', 'exceptions', 'access', 'tls', 'keyDetails']) {
      const some = inventory.resources.some((resource: Record<string, object>) => Object.keys(resource[part] ?? {}).length > 0);
      expect([part, some]).toEqual([part, true]);
    }
  });

  test('and the schema refuses what is not of it', () => {
    expect(problems('inventory', { ...inventory, more: 1 })).not.toEqual([]);
    expect(problems('inventory', { ...inventory, resources: [{ ...inventory.resources[0], atRest: 'perhaps' }] })).not.toEqual([]);
  });
});

test('who answers by its schema', () => {
  const { out } = cdkEncryption(['who', 'a.yaml', '--format', 'json'], { files: FILES });
  const answers = JSON.parse(out);
  expect(problems('who', answers)).toEqual([]);
  expect(answers.answers.length).toBeGreaterThan(5);
  expect(problems('who', { ...answers, answers: [{ ...answers.answers[0], can: 'everything' }] })).not.toEqual([]);
});

describe('assessment results in OSCAL', () => {
  const results = JSON.parse(read('cdk-encryption.oscal.json'))['assessment-results'];
  const [result] = results.results;
  const finding = (id: string) => result.findings.find(({ target }: { target: Record<string, string> }) => target['target-id'] === `${id}_smt`);

  test('say of each control of NIST whether it is met, with what was observed', () => {
    expect(finding('sc-28').target.status).toMatchObject({ state: 'not-satisfied', reason: 'fail' });
    const observed = new Set(finding('sc-28')['related-observations'].map((each: Record<string, string>) => each['observation-uuid']));
    const titles = result.observations.filter(({ uuid }: { uuid: string }) => observed.has(uuid)).map(({ title }: { title: string }) => title);
    expect(titles).toContain('Encryption-SqsQueueEncrypted');
    expect(result['reviewed-controls']['control-selections'][0]['include-controls']).toContainEqual({ 'control-id': 'sc-28.1' });
  });

  test('have exceptions as risks, with their last day', () => {
    expect(result.risks).toEqual([expect.objectContaining({ status: 'deviation-approved', statement: 'r (Alex)', deadline: '2027-03-31T23:59:59Z' })]);
  });

  test('refer to nothing that is not there', () => {
    const items = new Set(result['local-definitions']['inventory-items'].map(({ uuid }: { uuid: string }) => uuid));
    for (const { subjects } of result.observations) { for (const subject of subjects) { expect(items).toContain(subject['subject-uuid']); } }
    expect(results['import-ap'].href).toBe(`#${results['back-matter'].resources[0].uuid}`);
  });

  test('are the same for the same templates, with ids of version 5', () => {
    const again = (epoch: string) => {
      process.env.SOURCE_DATE_EPOCH = epoch;
      try {
        return cdkEncryption(['report', 'a.yaml', '--format', 'oscal', '--commit', 'abc'], { files: FILES }).read('cdk-encryption.oscal.json');
      } finally {
        delete process.env.SOURCE_DATE_EPOCH;
      }
    };
    expect(again('1764000000')).toBe(again('1764000000'));
    expect(results.uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});
