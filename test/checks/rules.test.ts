import { judge } from '../../src/checks/judge';
import { RULES } from '../../src/checks/rule-table';
import type { Verdict } from '../../src/rules/rule';
import { link } from '../../src/template/assembly';
import type { Json } from '../../src/template/resolved';
import { Template } from '../../src/template/template';

type Resources = Record<string, { Type: string; Properties?: Record<string, unknown> }>;

/** What a rule says of the resource `It`. */
function verdict(id: string, resources: Resources): Verdict['kind'] {
  const template = new Template({ Resources: resources });
  const rule = RULES.find((row) => row.id === id)!;
  return judge(rule, template.resource('It')!).kind;
}

const key = { Type: 'AWS::KMS::Key' };
const bucket = (Properties: Record<string, unknown> = {}) => ({ Type: 'AWS::S3::Bucket', Properties });
const encryption = (SSEAlgorithm: string, KMSMasterKeyID?: unknown) => ({
  BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm, KMSMasterKeyID } }] },
});
const KEY_ARN = { 'Fn::GetAtt': ['Key', 'Arn'] };
const BUCKET_ARN = { 'Fn::GetAtt': ['It', 'Arn'] };
const OBJECTS = { 'Fn::Sub': '${It.Arn}/*' };
const denyHttp = (Action: string, Resource: unknown, more: Record<string, unknown> = {}) => ({
  Effect: 'Deny', Principal: '*', Action, Resource, Condition: { Bool: { 'aws:SecureTransport': false } }, ...more,
});
const bucketPolicy = (...Statement: unknown[]) => ({ Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'It' }, PolicyDocument: { Statement } } });
const queuePolicy = (...Statement: unknown[]) => ({ Type: 'AWS::SQS::QueuePolicy', Properties: { Queues: [{ Ref: 'It' }], PolicyDocument: { Statement } } });
const queue = (Properties: Record<string, unknown> = {}) => ({ Type: 'AWS::SQS::Queue', Properties });
const database = (Properties: Record<string, unknown>) => ({ Type: 'AWS::RDS::DBInstance', Properties });
const parameters = (Family: string, Parameters: Record<string, unknown>) => ({ Type: 'AWS::RDS::DBParameterGroup', Properties: { Family, Parameters } });
const listener = (Properties: Record<string, unknown>) => ({ Type: 'AWS::ElasticLoadBalancingV2::Listener', Properties });
const loadBalancerLogsTo = (name: unknown) => ({
  Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  Properties: { LoadBalancerAttributes: [{ Key: 'access_logs.s3.bucket', Value: name }] },
});

const CASES: Array<[rule: string, expected: Verdict['kind'], of: string, resources: Resources]> = [
  ['Encryption-KmsKeyRotation', 'pass', 'a rotating key', { It: { ...key, Properties: { EnableKeyRotation: true } } }],
  ['Encryption-KmsKeyRotation', 'pass', 'rotation as text, as YAML may have it', { It: { ...key, Properties: { EnableKeyRotation: 'true' } } }],
  ['Encryption-KmsKeyRotation', 'fail', 'a key without properties', { It: key }],
  ['Encryption-KmsKeyRotation', 'fail', 'a period that KMS refuses', { It: { ...key, Properties: { EnableKeyRotation: true, RotationPeriodInDays: 30 } } }],
  ['Encryption-KmsKeyRotation', 'not applicable', 'an asymmetric key', { It: { ...key, Properties: { KeySpec: 'RSA_4096' } } }],
  ['Encryption-KmsKeyRotation', 'not applicable', 'imported material', { It: { ...key, Properties: { Origin: 'EXTERNAL' } } }],
  ['Encryption-KmsKeyRotation', 'undetermined', 'rotation by condition', { It: { ...key, Properties: { EnableKeyRotation: { 'Fn::If': ['Prod', true, false] } } } }],

  ['Encryption-S3BucketCustomerKey', 'pass', 'a key of the template', { Key: key, It: bucket(encryption('aws:kms', KEY_ARN)) }],
  ['Encryption-S3BucketCustomerKey', 'pass', 'two layers', { Key: key, It: bucket(encryption('aws:kms:dsse', KEY_ARN)) }],
  ['Encryption-S3BucketCustomerKey', 'pass', 'a key of another stack', { It: bucket(encryption('aws:kms', { 'Fn::ImportValue': 'key' })) }],
  ['Encryption-S3BucketCustomerKey', 'fail', 'no encryption', { It: bucket() }],
  ['Encryption-S3BucketCustomerKey', 'fail', "S3's own keys", { It: bucket(encryption('AES256')) }],
  ['Encryption-S3BucketCustomerKey', 'fail', 'KMS without a key: the AWS-managed one', { It: bucket(encryption('aws:kms')) }],
  ['Encryption-S3BucketCustomerKey', 'fail', 'the AWS-managed key by name', { It: bucket(encryption('aws:kms', 'alias/aws/s3')) }],
  ['Encryption-S3BucketCustomerKey', 'pass', 'one key or the other', { It: bucket(encryption('aws:kms', { 'Fn::If': ['A', 'alias/x', 'alias/y'] })) }],
  ['Encryption-S3BucketCustomerKey', 'undetermined', 'a key from a parameter', { It: bucket(encryption('aws:kms', { Ref: 'KeyArn' })) }],
  ['Encryption-S3BucketCustomerKey', 'not applicable', 'a bucket for access logs of a bucket', { It: bucket(), Other: bucket({ LoggingConfiguration: { DestinationBucketName: { Ref: 'It' } } }) }],
  ['Encryption-S3BucketCustomerKey', 'not applicable', 'a bucket for access logs of a load balancer', { It: bucket(), Alb: loadBalancerLogsTo({ Ref: 'It' }) }],

  ['Encryption-S3BucketTlsOnly', 'pass', 'bucket and objects', { It: bucket(), P: bucketPolicy(denyHttp('s3:*', [BUCKET_ARN, OBJECTS])) }],
  ['Encryption-S3BucketTlsOnly', 'pass', 'everything by a star', { It: bucket(), P: bucketPolicy(denyHttp('*', '*', { Principal: { AWS: '*' } })) }],
  ['Encryption-S3BucketTlsOnly', 'pass', 'a bucket by its name', { It: bucket({ BucketName: 'orders' }), P: bucketPolicy(denyHttp('s3:*', ['arn:aws:s3:::orders', 'arn:aws:s3:::orders/*'])) }],
  ['Encryption-S3BucketTlsOnly', 'fail', 'no policy', { It: bucket() }],
  ['Encryption-S3BucketTlsOnly', 'fail', 'the bucket, and not its objects', { It: bucket(), P: bucketPolicy(denyHttp('s3:*', BUCKET_ARN)) }],
  ['Encryption-S3BucketTlsOnly', 'fail', 'objects, and not the bucket', { It: bucket(), P: bucketPolicy(denyHttp('s3:*', OBJECTS)) }],
  ['Encryption-S3BucketTlsOnly', 'fail', 'reading only', { It: bucket(), P: bucketPolicy(denyHttp('s3:GetObject', [BUCKET_ARN, OBJECTS])) }],
  ['Encryption-S3BucketTlsOnly', 'fail', 'one principal only', { It: bucket(), P: bucketPolicy(denyHttp('s3:*', '*', { Principal: { AWS: 'arn:aws:iam::111122223333:root' } })) }],
  ['Encryption-S3BucketTlsOnly', 'fail', 'a condition beside it that narrows it', { It: bucket(), P: bucketPolicy(denyHttp('s3:*', '*', { Condition: { Bool: { 'aws:SecureTransport': 'false' }, StringEquals: { 'aws:SourceVpc': 'vpc-1' } } })) }],
  ['Encryption-S3BucketTlsOnly', 'fail', 'an Allow with TLS, which denies nothing', { It: bucket(), P: bucketPolicy({ ...denyHttp('s3:*', '*'), Effect: 'Allow', Condition: { Bool: { 'aws:SecureTransport': 'true' } } }) }],

  ['Encryption-SqsQueueCustomerKey', 'pass', 'a key of the template', { Key: key, It: queue({ KmsMasterKeyId: KEY_ARN }) }],
  ['Encryption-SqsQueueCustomerKey', 'pass', 'an alias of yours', { It: queue({ KmsMasterKeyId: 'alias/orders' }) }],
  ['Encryption-SqsQueueCustomerKey', 'fail', "SQS's own keys", { It: queue({ SqsManagedSseEnabled: true }) }],
  ['Encryption-SqsQueueCustomerKey', 'fail', 'the AWS-managed key', { It: queue({ KmsMasterKeyId: 'alias/aws/sqs' }) }],

  ['Encryption-SqsQueueTlsOnly', 'pass', 'the queue', { It: queue(), P: queuePolicy(denyHttp('sqs:*', BUCKET_ARN)) }],
  ['Encryption-SqsQueueTlsOnly', 'pass', 'everything by a star', { It: queue(), P: queuePolicy(denyHttp('sqs:*', '*')) }],
  ['Encryption-SqsQueueTlsOnly', 'fail', 'no policy', { It: queue() }],
  ['Encryption-SqsQueueTlsOnly', 'fail', 'sending only', { It: queue(), P: queuePolicy(denyHttp('sqs:SendMessage', '*')) }],

  ['Encryption-RdsStorageCustomerKey', 'pass', 'a key of the template', { Key: key, It: database({ StorageEncrypted: true, KmsKeyId: KEY_ARN }) }],
  ['Encryption-RdsStorageCustomerKey', 'pass', 'a key by ARN', { It: database({ StorageEncrypted: 'true', KmsKeyId: 'arn:aws:kms:us-east-1:111122223333:key/x' }) }],
  ['Encryption-RdsStorageCustomerKey', 'fail', 'nothing said', { It: database({ Engine: 'postgres' }) }],
  ['Encryption-RdsStorageCustomerKey', 'fail', 'encrypted without a key of yours', { It: database({ StorageEncrypted: true }) }],
  ['Encryption-RdsStorageCustomerKey', 'not applicable', 'an instance of a cluster', { It: database({ DBClusterIdentifier: 'c' }) }],

  ['Encryption-RdsTlsRequired', 'pass', 'PostgreSQL', { G: parameters('postgres16', { 'rds.force_ssl': 1 }), It: database({ DBParameterGroupName: { Ref: 'G' } }) }],
  ['Encryption-RdsTlsRequired', 'pass', 'MySQL', { G: parameters('mysql8.0', { require_secure_transport: 'ON' }), It: database({ DBParameterGroupName: { Ref: 'G' } }) }],
  ['Encryption-RdsTlsRequired', 'fail', 'a group that says nothing, where the engine does not ask by itself', { G: parameters('postgres14', {}), It: database({ DBParameterGroupName: { Ref: 'G' } }) }],
  ['Encryption-RdsTlsRequired', 'fail', 'a group that says no', { G: parameters('mariadb10.11', { require_secure_transport: '0' }), It: database({ DBParameterGroupName: { Ref: 'G' } }) }],
  ['Encryption-RdsTlsRequired', 'fail', 'the default group', { It: database({ Engine: 'mysql' }) }],
  ['Encryption-RdsTlsRequired', 'undetermined', 'a group from elsewhere', { It: database({ DBParameterGroupName: 'legacy' }) }],

  ['Encryption-ElbListenerTlsPolicy', 'pass', 'TLS 1.2', { It: listener({ Protocol: 'HTTPS', SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06' }) }],
  ['Encryption-ElbListenerTlsPolicy', 'pass', 'a policy of tomorrow', { It: listener({ Protocol: 'TLS', SslPolicy: 'ELBSecurityPolicy-TLS13-1-3-PQ-2031-01' }) }],
  ['Encryption-ElbListenerTlsPolicy', 'fail', 'no policy', { It: listener({ Protocol: 'HTTPS' }) }],
  ['Encryption-ElbListenerTlsPolicy', 'fail', 'TLS 1.0', { It: listener({ Protocol: 'HTTPS', SslPolicy: 'ELBSecurityPolicy-TLS13-1-0-2021-06' }) }],
  ['Encryption-ElbListenerTlsPolicy', 'not applicable', 'plain HTTP', { It: listener({ Protocol: 'HTTP' }) }],

  ['Encryption-ElbListenerRedirectsHttp', 'pass', 'a redirect', { It: listener({ Protocol: 'HTTP', DefaultActions: [{ Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS' } }] }) }],
  ['Encryption-ElbListenerRedirectsHttp', 'not applicable', 'HTTPS', { It: listener({ Protocol: 'HTTPS' }) }],
  ['Encryption-ElbListenerRedirectsHttp', 'fail', 'a forward', { It: listener({ Protocol: 'HTTP', DefaultActions: [{ Type: 'forward' }] }) }],
  ['Encryption-ElbListenerRedirectsHttp', 'fail', 'a redirect to HTTP', { It: listener({ Protocol: 'HTTP', DefaultActions: [{ Type: 'redirect', RedirectConfig: { Protocol: 'HTTP' } }] }) }],
];

test.each(CASES)('%s: %s for %s', (rule, expected, _, resources) => {
  expect(verdict(rule, resources)).toBe(expected);
});

describe('Encryption-KmsReplicaFollowsPrimary', () => {
  const statement = (Sid: string, Action: string | string[]) => ({ Sid, Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:role/App' }, Action, Resource: '*' });
  const account = { Sid: 'Account', Effect: 'Allow', Principal: { AWS: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:root' } }, Action: 'kms:*', Resource: '*' };
  const policyOf = (...Statement: unknown[]) => ({ KeyPolicy: { Statement } });
  /** A primary in one stack, and its replica in another, which imports its ARN. */
  const drift = (primary: Json, replica: Json, from: unknown = { 'Fn::ImportValue': 'key' }) => {
    const home = { stackName: 'home', json: { Resources: { Key: { Type: 'AWS::KMS::Key', Properties: primary } }, Outputs: { Key: { Value: KEY_ARN, Export: { Name: 'key' } } } } };
    const away = { stackName: 'away', json: { Resources: { It: { Type: 'AWS::KMS::ReplicaKey', Properties: { PrimaryKeyArn: from, ...replica } } } } };
    const rule = RULES.find(({ id }) => id === 'Encryption-KmsReplicaFollowsPrimary')!;
    return judge(rule, link([home, away]).get(away)!.resource('It')!);
  };

  test('passes for the same policy, and for one in another order', () => {
    const policies = [statement('Use', ['kms:Decrypt', 'kms:Encrypt']), account];
    expect(drift(policyOf(...policies), policyOf(...policies)).kind).toBe('pass');
    expect(drift(policyOf(...policies), policyOf(account, statement('Use', ['kms:Encrypt', 'kms:Decrypt']))).kind).toBe('pass');
  });

  test('fails for a statement less, and for one more', () => {
    expect(drift(policyOf(account, statement('Use', 'kms:Decrypt')), policyOf(account))).toMatchObject({ kind: 'fail', detail: expect.stringContaining('without Use') });
    expect(drift(policyOf(account), policyOf(account, statement('Use', 'kms:Decrypt')))).toMatchObject({ kind: 'fail', detail: expect.stringContaining('with Use') });
  });

  test('sees the primary through a stack output too', () => {
    const output = { 'Fn::GetStackOutput': { StackName: 'home', OutputName: 'Key' } };
    expect(drift(policyOf(account), policyOf(account), output).kind).toBe('pass');
    expect(drift(policyOf(account), policyOf(statement('Use', 'kms:Decrypt')), output).kind).toBe('fail');
  });
});
