import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { attackedApp } from './slow/deploy/attacked-app';
import { ADMIN, APPLICATION, EVERYTHING, FOREIGN, GLASS, KEYS, PATHS, Row, STRANGER, TABLE, USER } from './support/attack-table';
import { decide } from './support/simulator';
// eslint-disable-next-line @typescript-eslint/no-require-imports
const { World } = require('./flows/world');

/*
 * Every promise of README's table and of docs/threat-model.md has a question: who may do what, asked here of the synthesized policies and in
 * test/slow/deploy/attacks.slow.ts of the deployed ones; or what a template must have.
 */
const read = (page: string) => readFileSync(join(__dirname, '..', page), 'utf8');

const { stacks } = new CloudAssembly(attackedApp());
const world = new World(stacks.map(({ stackName: name, id, template, environment: { account, region } }) =>
  ({ name, id, template, account, region })));

const policyOf = (type: string, property: string, resource: any) =>
  world.all(type).find((policy: any) => [policy.props[property]].flat().includes(world.ref(resource))).props.PolicyDocument;
const keyBy = (alias: string, region = 'us-east-1') => world.keyByArn(
  world.all('AWS::KMS::Alias').find(({ props, stack }: any) => props.AliasName === `alias/${alias}` && stack.region === region).props.TargetKeyId);
const ofKey = (key: any) => ({ arn: world.arnOf(key), policy: key.props.KeyPolicy });
const bucket = (path: string) => { const found = world.at(path); return { arn: world.arnOf(found), policy: policyOf('AWS::S3::BucketPolicy', 'Bucket', found) }; };
const topic = (path: string) => { const found = world.at(path); return { arn: world.arnOf(found), policy: policyOf('AWS::SNS::TopicPolicy', 'Topics', found) }; };
const queue = (path: string) => { const found = world.at(path); return { arn: world.arnOf(found), policy: policyOf('AWS::SQS::QueuePolicy', 'Queues', found) }; };

const targets: Record<string, { readonly arn: string; readonly policy: unknown }> = {
  ...Object.fromEntries(KEYS.map(([construct, alias, region]) => [construct, ofKey(keyBy(alias, region))])),
  EncryptedDatabaseInstance: ofKey(keyBy('shared')),
  EncryptedDatabaseCluster: ofKey(world.at('Fort/Cluster/Key')),
  EncryptedBucket: bucket('Fort/Bucket'),
  SharedAccessLogs: bucket('Fort/SharedAccessLogs'),
  HttpsLoadBalancer: bucket('Fort/SharedAccessLogs'),
  EncryptedQueue: queue('Fort/Queue'),
  DeadLetterQueue: queue('Fort/Queue/DeadLetterQueue'),
  EncryptedTopic: topic('Fort/Topic'),
  EncryptedLogGroup: ofKey(keyBy('shared')),
  EncryptedSecret: ofKey(world.at('Fort/Secret/Key')),
  EncryptedTable: ofKey(world.at('Fort/Table/Key')),
  KeyLifecycleMonitor: topic('Vault/Monitor/Topic'),
};
const alarm = world.all('AWS::CloudWatch::Alarm').map((each: any) => world.ref(each))[0];
const identities = Object.fromEntries([ADMIN, USER, GLASS, APPLICATION, STRANGER].map((arn) => {
  const role = world.all('AWS::IAM::Role').find((each: any) => world.arnOf(each) === arn);
  return [arn, world.identityPolicies(role).map(({ policy }: any) => policy)];
}));

const told = (text: string) => text.replace('<bucket>', targets.EncryptedBucket.arn).replace('<key>', targets.EncryptionKey.arn).replace('<alarm>', alarm);

test.each(TABLE)('%s: %s asks the synthesized policies for %s: %s %o', async (construct, principal, action, expected, context = {}, path = PATHS[construct] ?? '') => {
  const { arn, policy } = targets[construct];
  const identityPolicies = identities[principal] ?? (principal === FOREIGN ? [EVERYTHING] : []);
  const known = Object.fromEntries(Object.entries(context).map(([key, value]) => [key, told(value)]));
  expect(await decide({ principal, action, resource: arn + path, resourcePolicy: policy, identityPolicies, context: known })).toBe(expected);
});

/** Whether a question is one of the table: construct, action, answer, and a part of its context. */
const asks = (construct: string, action: RegExp, expected: string, context = '') => (): boolean =>
  TABLE.some(([of, , asked, answer, given = {}]: Row) =>
    of === construct && action.test(asked) && answer === expected && JSON.stringify(given).includes(context));
/** What every resource of a type must have. */
const every = (type: string, holds: (props: any, resource: any) => unknown, where = /./) => (): boolean => {
  const found = world.all(type).filter(({ path }: any) => where.test(path));
  return found.length > 0 && found.every((resource: any) => holds(resource.props, resource));
};
/** A test file that asks it: what neither a policy nor the attacked app shows. */
const askedIn = (file: string, text: RegExp) => (): boolean => text.test(read(file));

const symmetric = (props: any) => (props.KeySpec ?? 'SYMMETRIC_DEFAULT') === 'SYMMETRIC_DEFAULT';
const retained = (_: any, { raw }: any) => /^Retain/.test(raw.DeletionPolicy);
const balancer = (key: string, value: string) => every('AWS::ElasticLoadBalancingV2::LoadBalancer', ({ LoadBalancerAttributes }) => LoadBalancerAttributes.some((each: any) => each.Key === key && each.Value === value));
const DATA = /Fort\/Bucket\/Resource|Fort\/Bucket$/;
const policyHas = (name: string) => every('AWS::RDS::DBParameterGroup', ({ Parameters }) => Parameters[name] !== undefined);

const README: Record<string, Array<() => boolean>> = {
  'rotates every 90 to 2560 days (365)': [every('AWS::KMS::Key', (props) => !symmetric(props) || (props.EnableKeyRotation === true && props.RotationPeriodInDays === 365))],
  'each statement has one purpose; administrators cannot use it, users cannot manage it; nobody is locked out': [
    asks('closed EncryptionKey', /Decrypt/, 'denied'), asks('closed EncryptionKey', /PutKeyPolicy/, 'denied'), asks('closed EncryptionKey', /PutKeyPolicy/, 'allowed'),
  ],
  'grants only for AWS resources': [asks('EncryptionKey', /CreateGrant/, 'denied'), asks('EncryptionKey', /CreateGrant/, 'allowed', 'GrantIsForAWSResource')],
  'stays when the stack is deleted; 30 days before it is deleted': [every('AWS::KMS::Key', retained), every('AWS::KMS::Key', ({ PendingWindowInDays }) => PendingWindowInDays === 30)],
  'one key id and one policy in every Region; no Lambda function': [
    asks('ReplicaKey', /Decrypt/, 'allowed'), asks('ReplicaKey', /Decrypt/, 'denied'), () => world.all('AWS::Lambda::Function').length === 0,
    () => world.all('AWS::KMS::ReplicaKey').every((replica: any) => world.arnOf(replica).endsWith(world.keyId(keyBy('everywhere')))),
  ],
  'only the specs and grants that KMS supports for the usage': [asks('SigningKey', /Sign/, 'allowed'), asks('MacKey', /GenerateMac/, 'allowed'), asks('KeyAgreementKey', /Derive/, 'allowed')],
  'a message when a key is disabled or deleted, when its policy changes, or when it is used while it waits for deletion': [
    asks('KeyLifecycleMonitor', /Publish/, 'allowed'), asks('KeyLifecycleMonitor', /Publish/, 'denied'), every('AWS::Events::Rule', ({ EventPattern }) => EventPattern),
  ],
  'objects under your key, with one data key for many; no SSE-C': [
    every('AWS::S3::Bucket', ({ BucketEncryption: { ServerSideEncryptionConfiguration: [rule] } }) => rule.ServerSideEncryptionByDefault.SSEAlgorithm === 'aws:kms'
      && rule.BucketKeyEnabled && rule.BlockedEncryptionTypes.EncryptionType.includes('SSE-C'), DATA),
  ],
  'replicated under the destination\'s key; readers and log deliveries get access to bucket and key, or an error': [askedIn('test/s3/replication.test.ts', /ReplicaKmsKeyID/), askedIn('test/s3/readers-and-logs.test.ts', /CloudFront reads/)],
  'no upload under another key or algorithm; TLS 1.2 or newer': [
    asks('EncryptedBucket', /PutObject/, 'denied', 'key/other'), asks('EncryptedBucket', /PutObject/, 'denied', 'AES256'), asks('EncryptedBucket', /PutObject/, 'denied', '"aws:kms"}'),
    asks('EncryptedBucket', /GetObject/, 'denied', '"s3:TlsVersion":"1.1"'), asks('EncryptedBucket', /GetObject/, 'denied', '"aws:SecureTransport":"false"'),
  ],
  'never public, no ACLs, versioned, access logged': [
    asks('EncryptedBucket', /GetObject/, 'denied', '1.3'),
    every('AWS::S3::Bucket', (props) => props.PublicAccessBlockConfiguration.RestrictPublicBuckets && props.OwnershipControls && props.VersioningConfiguration.Status === 'Enabled' && props.LoggingConfiguration, DATA),
  ],
  'messages under your key': [every('AWS::SQS::Queue', ({ KmsMasterKeyId, KmsDataKeyReusePeriodSeconds }) => KmsMasterKeyId && KmsDataKeyReusePeriodSeconds)],
  'TLS only; a dead-letter queue with the same protection': [asks('EncryptedQueue', /SendMessage/, 'denied', '"false"'), asks('DeadLetterQueue', /ReceiveMessage/, 'denied', '"false"')],
  'messages under your key; publishers get it; TLS only, no subscription over HTTP': [
    every('AWS::SNS::Topic', ({ KmsMasterKeyId }) => KmsMasterKeyId), asks('EncryptionKey', /GenerateDataKey/, 'allowed', '"aws:SourceAccount"'),
    asks('EncryptedTopic', /Publish/, 'denied', '"false"'), askedIn('test/sns/encrypted-topic.test.ts', /Protocol|protocol/),
  ],
  'events under a key whose policy is for that log group alone': [
    asks('EncryptedLogGroup', /GenerateDataKey/, 'allowed', '/fort/api'), asks('EncryptedLogGroup', /GenerateDataKey/, 'denied', '/fort/api2'),
  ],
  'under your key in each Region, no value in the template, never public': [
    every('AWS::SecretsManager::Secret', ({ KmsKeyId, SecretString, GenerateSecretString }) => KmsKeyId && !SecretString && GenerateSecretString),
    every('AWS::SecretsManager::ResourcePolicy', ({ BlockPublicPolicy }) => BlockPublicPolicy === true),
    asks('EncryptedSecret', /Decrypt/, 'denied'), askedIn('test/secretsmanager/encrypted-secret.test.ts', /ReplicaRegions/),
  ],
  'under your key in each Region, recoverable, protected against deletion': [
    every('AWS::DynamoDB::GlobalTable', ({ SSESpecification, Replicas }) => SSESpecification.SSEType === 'KMS' && Replicas.every((replica: any) =>
      replica.SSESpecification.KMSMasterKeyId && replica.DeletionProtectionEnabled
        && replica.PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled)),
    asks('EncryptedTable', /Decrypt/, 'denied'), askedIn('test/dynamodb/encrypted-table.test.ts', /a global table has a key in each Region/),
  ],
  'storage, snapshots, master secret, Performance Insights and exported logs under your key': [
    every('AWS::RDS::DBInstance', ({ StorageEncrypted, KmsKeyId, DBClusterIdentifier }) => DBClusterIdentifier || (StorageEncrypted && KmsKeyId)),
    every('AWS::RDS::DBCluster', ({ StorageEncrypted, KmsKeyId }) => StorageEncrypted && KmsKeyId), every('AWS::Logs::LogGroup', ({ KmsKeyId }) => KmsKeyId),
    asks('EncryptedDatabaseInstance', /GenerateDataKey/, 'denied'), asks('EncryptedDatabaseCluster', /Decrypt/, 'denied'),
  ],
  'the engine refuses connections without TLS 1.2 ([by engine](src/rds/README.md#which-tls-does-each-engine-take))': [policyHas('rds.force_ssl'), policyHas('ssl_min_protocol_version')],
  'copies keep a key, in every Region; proxies require TLS': [askedIn('test/rds/copies.test.ts', /RequireTLS/), askedIn('test/rds/copies.test.ts', /KmsKeyId/)],
  'IAM authentication, current CA, no public address, deletion protected': [
    every('AWS::RDS::DBInstance', (props) => props.DBClusterIdentifier || (props.EnableIAMDatabaseAuthentication && props.CACertificateIdentifier && props.PubliclyAccessible === false && props.DeletionProtection)),
  ],
  'TLS 1.2 or newer, post-quantum where the client supports it; HSTS': [
    every('AWS::ElasticLoadBalancingV2::Listener', ({ SslPolicy, Protocol }) => Protocol === 'HTTP' || /PQ/.test(SslPolicy)),
    every('AWS::ElasticLoadBalancingV2::Listener', ({ ListenerAttributes, Protocol }) => Protocol === 'HTTP' || /strict_transport_security/.test(JSON.stringify(ListenerAttributes))),
  ],
  'port 80 only redirects; invalid headers dropped; requests and connections logged; deletion protected': [
    every('AWS::ElasticLoadBalancingV2::Listener', ({ Protocol, DefaultActions: [action] }) => Protocol !== 'HTTP' || action.Type === 'redirect'),
    balancer('routing.http.drop_invalid_header_fields.enabled', 'true'), balancer('access_logs.s3.enabled', 'true'), balancer('connection_logs.s3.enabled', 'true'), balancer('deletion_protection.enabled', 'true'),
  ],
  'a certificate that ACM makes and renews; verified client certificates; HTTPS to targets on request': [
    askedIn('test/elasticloadbalancingv2/https-listener.test.ts', /targetsOverHttps/), askedIn('test/elasticloadbalancingv2/https-listener.test.ts', /MutualAuthentication|mutualAuthentication/),
  ],
  'what is encrypted under which key, for people and auditors; who can decrypt, and by which statement': [
    askedIn('test/report/report.test.ts', /under which key, and whether it is encrypted/), askedIn('test/report/who.test.ts', /says which statements of which policies allow it/),
  ],
  'what a change does to data (in place, replaced, refused), and who gains and loses a key; exits with 1 where data or access is lost': [
    askedIn('test/diff/resources.test.ts', /is replaced by an empty one, and its data is lost/), askedIn('test/diff/access.test.ts', /whose policy no longer names the key loses it/),
    askedIn('test/cli/diff.test.ts', /where data is lost/),
  ],
  'rules for resources, whoever made them': [askedIn('test/checks/rule-examples.test.ts', /wrong/)],
};

const DEFENDED: Record<string, Array<() => boolean>> = {
  'reads a stolen disk, snapshot or backup': README['storage, snapshots, master secret, Performance Insights and exported logs under your key'],
  'listens on the network, or offers an old TLS': [
    asks('EncryptedBucket', /GetObject/, 'denied', '"s3:TlsVersion":"1.1"'), asks('EncryptedQueue', /SendMessage/, 'denied', '"false"'), asks('SharedAccessLogs', /GetObject/, 'denied', '"false"'), asks('KeyLifecycleMonitor', /Publish/, 'denied', '"false"'),
  ],
  'records today, decrypts with a quantum computer later': README['TLS 1.2 or newer, post-quantum where the client supports it; HSTS'],
  'uploads under a key that you do not control': README['no upload under another key or algorithm; TLS 1.2 or newer'],
  'asks from another account, or anonymously': ['EncryptionKey', 'EncryptedBucket', 'EncryptedQueue', 'EncryptedTopic', 'KeyLifecycleMonitor', 'EncryptedDatabaseCluster'].flatMap((construct) => [FOREIGN, 'anonymous']
    .map((who) => () => TABLE.some(([of, principal,, answer]) => of === construct && principal === who && answer === 'denied'))),
  'makes an AWS service act for a stranger (confused deputy)': ['EncryptionKey', 'EncryptedQueue', 'EncryptedTopic', 'SharedAccessLogs', 'HttpsLoadBalancer', 'KeyLifecycleMonitor'].map((construct) => asks(construct, /./, 'denied', 'aws:SourceAccount')),
  'a key administrator reads data': README['each statement has one purpose; administrators cannot use it, users cannot manage it; nobody is locked out'],
  'an IAM policy allows `kms:*` on `*`': [() => TABLE.some(([of, principal, action, answer]) => of === 'closed EncryptionKey' && principal === STRANGER && action === 'kms:Decrypt' && answer === 'denied')],
  'passes on its permission by a grant': README['grants only for AWS resources'],
  'deletes the key to destroy the data': [asks('closed EncryptionKey', /ScheduleKeyDeletion/, 'denied'), asks('closed EncryptionKey', /ScheduleKeyDeletion/, 'allowed'), every('AWS::KMS::Key', retained)],
  'locks everybody out of a key': [asks('closed EncryptionKey', /PutKeyPolicy/, 'allowed'), asks('EncryptionKey', /PutKeyPolicy/, 'allowed'), asks('ReplicaKey', /PutKeyPolicy/, 'allowed'), askedIn('test/kms/lock-out.test.ts', /KeyPolicyLocksOut/)],
  'turns protection off in code': [askedIn('test/mistakes/mistakes.test.ts', /EncryptionError|message/)],
  'replaces a key or database by a refactoring': [askedIn('test/logical-ids.test.ts', /toMatchSnapshot/)],
  'hides in a template made to mislead or crash the checks': [askedIn('test/cli/hostile.test.ts', /test/)],
};

/** Cells of a table, a list a row. */
const table = (text: string) => text.split('\n').filter((line) => line.startsWith('|') && !/^\| ---/.test(line)).map((line) => line.split(/(?<!\\)\|/).slice(1, -1).map((cell) => cell.trim()));
const between = (text: string, from: string, to: string) => text.slice(text.indexOf(from), text.indexOf(to, text.indexOf(from)));

test('every promise in the table of README.md has its question, and no question is for a promise that is gone', () => {
  const promises = table(between(read('README.md'), '| construct | guarantee |', '\n\n')).slice(1).map(([, promise]) => promise);
  expect(Object.keys(README).sort()).toEqual([...promises].sort());
});

test('every attack in docs/threat-model.md has its question', () => {
  const attacks = table(between(read('docs/threat-model.md'), '| attack | defence |', '\n\n')).slice(1).map(([attack]) => attack);
  expect(Object.keys(DEFENDED).sort()).toEqual([...attacks].sort());
});

test.each([...Object.entries(README), ...Object.entries(DEFENDED)])('%s: it is asked, and holds', (_, questions) => {
  expect(questions.map((holds) => holds())).toEqual(questions.map(() => true));
});
