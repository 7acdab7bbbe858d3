import { judge } from '../../src/checks/judge';
import { RULES } from '../../src/checks/rule-table';
import { buildReport } from '../../src/report/build';
import type { ReportDocument, ReportedResource } from '../../src/report/document';
import { cbomReport } from '../../src/report/formats/cbom';
import { csvReport } from '../../src/report/formats/csv';
import { htmlReport } from '../../src/report/formats/html';
import type { JudgedByRule } from '../../src/report/input';
import { link } from '../../src/template/assembly';

const DELEGATES = { Effect: 'Allow', Principal: { AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' } }, Action: 'kms:*', Resource: '*' };
const KEY = { Type: 'AWS::KMS::Key', Properties: { EnableKeyRotation: true, RotationPeriodInDays: 180, KeyPolicy: { Statement: [DELEGATES] } } };
const queue = (key: unknown) => ({ Type: 'AWS::SQS::Queue', Properties: { KmsMasterKeyId: key } });
const LISTENER = { Type: 'AWS::ElasticLoadBalancingV2::Listener', Properties: { Protocol: 'HTTPS', SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09', LoadBalancerArn: 'arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/app/a/1' } };

function reported(resources: object, exceptions: Record<string, string> = {}): ReportDocument {
  const json = { Resources: resources };
  const member = { stackName: 'Orders', account: '111122223333', region: 'us-east-1', json };
  const template = link([member]).get(member)!;
  return buildReport([[{
    file: 'orders.json',
    stack: 'Orders',
    account: '111122223333',
    region: 'us-east-1',
    template,
    nameOf: ({ logicalId }) => logicalId,
    lineOf: () => 7,
    judged: (resource) => RULES.filter(({ resourceTypes }) => resourceTypes.includes(resource.type)).flatMap((rule): JudgedByRule[] => {
      const verdict = judge(rule, resource);
      if (verdict.kind === 'not applicable') { return []; }
      const exception = exceptions[rule.id] === undefined ? {} : { exception: { reason: exceptions[rule.id], acceptedIn: 'configuration' as const, expires: '2027-03-31' } };
      return [{ rule, kind: verdict.kind, ...(verdict.kind === 'pass' ? {} : exception) }];
    }),
  }]], { rules: RULES, version: '1.2.3', time: '2026-11-25T12:00:00.000Z', commit: 'abc', failures: [{ where: 'broken.yaml', reason: 'it is no template' }] });
}

const resourceIn = (document: ReportDocument, name: string): ReportedResource => document.resources.find(({ resource }) => resource === name)!;

describe('the inventory', () => {
  const document = reported({ Key: KEY, Jobs: queue({ 'Fn::GetAtt': ['Key', 'Arn'] }), Plain: { Type: 'AWS::SQS::Queue', Properties: { SqsManagedSseEnabled: false } }, Https: LISTENER });

  test('says of a resource where it is, under which key, and whether it is encrypted', () => {
    expect(resourceIn(document, 'Jobs')).toMatchObject({
      type: 'AWS::SQS::Queue', account: '111122223333', region: 'us-east-1', stack: 'Orders', file: 'orders.json', line: 7, key: 'Key', keyOwner: 'customer', atRest: 'yes',
    });
    expect(resourceIn(document, 'Plain')).toMatchObject({ key: '-', keyOwner: 'none', atRest: 'no' });
  });

  test('says of a key how it rotates and who can decrypt with it', () => {
    expect(resourceIn(document, 'Key').keyDetails).toMatchObject({ spec: 'SYMMETRIC_DEFAULT', rotation: 'yes', rotationPeriodInDays: 180, multiRegion: 'no', policy: { decrypt: ['111122223333'] } });
  });

  test('says of a listener which TLS it takes at the lowest, and whether it is post-quantum', () => {
    expect(resourceIn(document, 'Https').tls).toEqual({ policy: 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09', minimumVersion: 'TLS 1.2', postQuantum: 'yes' });
  });

  test('names the properties that are the evidence', () => {
    expect(resourceIn(document, 'Jobs').evidence).toContainEqual({ about: 'at rest', property: 'KmsMasterKeyId', value: '${Key.Arn}', line: 7 });
  });

  test('lists the rules that passed and failed, with the controls that they answer', () => {
    const { failed, passed, controls } = resourceIn(document, 'Plain');
    expect(failed).toContain('Encryption-SqsQueueEncrypted');
    expect(passed).not.toContain('Encryption-SqsQueueEncrypted');
    expect(controls.failed).toContain('fsbp:SQS.1');
    expect(controls.passed).not.toContain('fsbp:SQS.1');
  });

  test('says what was not read', () => {
    expect(document.notRead).toContainEqual({ where: 'broken.yaml', reason: 'it is no template' });
    expect(document.summary.notRead).toBe(document.notRead.length);
  });

  test('counts data without the keys', () => {
    expect(document.summary).toMatchObject({ resources: 3, keys: 1, underCustomerKey: 1, atRest: { yes: 1, no: 1 } });
  });

  test('an exception is listed with its reason and last day, and is no finding', () => {
    const accepted = reported({ Plain: { Type: 'AWS::SQS::Queue', Properties: { SqsManagedSseEnabled: false } } }, { 'Encryption-SqsQueueEncrypted': 'a test queue' });
    const { exceptions, findings } = resourceIn(accepted, 'Plain');
    expect(exceptions).toContainEqual({ rule: 'Encryption-SqsQueueEncrypted', reason: 'a test queue', acceptedIn: 'configuration', expires: '2027-03-31' });
    expect(findings.map(({ rule }) => rule)).not.toContain('Encryption-SqsQueueEncrypted');
  });
});

describe('a name that is made to harm', () => {
  const evil = '</script><script>document.title=1</script>';
  const document = reported({ Key: KEY, Jobs: queue(`arn:aws:kms:us-east-1:111122223333:key/${evil}`), Formula: queue('=cmd|\' /C calc\'!A0') });

  test('is text in the page', () => {
    const page = htmlReport(document);
    expect(page).not.toContain('<script>document');
    expect(page).toContain('&lt;script&gt;document.title=1');
  });

  test('is no formula in a spreadsheet', () => {
    const cells = csvReport(document).split('\r\n').find((line) => line.startsWith('Formula'))!;
    expect(cells).toContain("\"'=cmd|");
    expect(cells).not.toMatch(/(^|,)"?=/);
  });
});

describe('the page', () => {
  test('loads nothing, and runs nothing but its own script', () => {
    const page = htmlReport(reported({ Key: KEY }));
    expect(page).toMatch(/default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-[^']+'/);
    expect(page).not.toMatch(/\b(src|style|on\w+)="|url\((?!#)|@import/);
  });

  test('draws each resource', () => {
    const page = htmlReport(reported({ Key: KEY, Jobs: queue({ Ref: 'Key' }) }));
    expect(page).toContain('data-resource="Jobs"');
    expect(page).toContain('data-resource="Key"');
  });

  test('says first of all that something is not encrypted', () => {
    expect(htmlReport(reported({ Plain: { Type: 'AWS::SQS::Queue', Properties: { SqsManagedSseEnabled: false } } }))).toContain('Not everything is encrypted: 1 resource is not encrypted at rest');
  });

  test('draws what is alike as one where there is too much of it', () => {
    const many = Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`Jobs${index}`, queue({ Ref: 'Key' })]));
    const page = htmlReport(reported({ Key: KEY, ...many }));
    expect(page).toContain('400 × SQS queue');
    expect(page.match(/class="node /g)!.length).toBeLessThan(20);
    expect(page.length).toBeLessThan(1_000_000);
  });
});

describe('the bill of materials', () => {
  const signing = { Type: 'AWS::KMS::Key', Properties: { KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY', KeyPolicy: { Statement: [DELEGATES] } } };
  const document = reported({ Key: KEY, Jobs: queue({ Ref: 'Key' }), Signing: signing, Https: LISTENER });
  const bom = JSON.parse(cbomReport(document));
  const component = (name: string) => bom.components.find((each: { name: string }) => each.name === name);

  test('says that a resource depends on its key, and a key on its algorithm', () => {
    const dependsOn = (ref: string) => bom.dependencies.find((each: { ref: string }) => each.ref === ref).dependsOn;
    expect(dependsOn('resource:orders.json#Jobs')).toEqual(['key:Key']);
    expect(dependsOn('key:Key')).toEqual(['algorithm:AES-256-GCM']);
  });

  test('marks what a quantum computer breaks by category 0', () => {
    expect(component('RSA-2048').cryptoProperties.algorithmProperties.nistQuantumSecurityLevel).toBe(0);
    expect(component('AES-256-GCM').cryptoProperties.algorithmProperties.nistQuantumSecurityLevel).toBe(5);
  });

  test('is the same for the same templates', () => {
    expect(cbomReport(document)).toBe(cbomReport(document));
    expect(bom.serialNumber).toMatch(/^urn:uuid:/);
  });
});
