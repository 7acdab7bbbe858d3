import { ENV } from './stack';

/*
 * Who may do what with what the attacked app makes. Expected answers are written from AWS's pages. The rows are asked of the synthesized policies
 * (test/promises.test.ts) and of those that the services gave back after `cdk deploy` (test/slow/deploy/attacks.slow.ts).
 */
export const ACCOUNT = ENV.account!;
const role = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;
export const [ADMIN, USER, GLASS, APPLICATION, STRANGER] = ['Admin', 'User', 'Glass', 'Application', 'Stranger'].map(role);
export const FOREIGN = 'arn:aws:iam::444455556666:role/Foreign';

/** What the table calls a key, its alias, and the Region where it is not the home Region. */
export const KEYS: Array<[construct: string, alias: string, region?: string]> = [
  ['closed EncryptionKey', 'closed'],
  ['EncryptionKey', 'shared'],
  ['MultiRegionKey', 'everywhere'],
  ['ReplicaKey', 'everywhere', 'eu-west-1'],
  ['SigningKey', 'signing'],
  ['MacKey', 'mac'],
  ['AsymmetricEncryptionKey', 'asymmetric'],
  ['KeyAgreementKey', 'agreement'],
];

export const EVERYTHING = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
export type Context = Record<string, string>;
const https: Context = { 'aws:SecureTransport': 'true' };
const TLS13: Context = { ...https, 's3:TlsVersion': '1.3' };
const TLS12: Context = { ...https, 's3:TlsVersion': '1.2' };
const TLS11: Context = { ...https, 's3:TlsVersion': '1.1' };
const HTTP: Context = { 'aws:SecureTransport': 'false' };

/** What is asked for within a target: an object of a bucket, unless the row says another. */
export const PATHS: Record<string, string> = { EncryptedBucket: '/orders/1.json', SharedAccessLogs: '/s3/log' };

export type Row = [construct: string, who: string, action: string, expected: 'allowed' | 'denied', context?: Context, path?: string];

const source = (account: string, arn: string): Context => ({ 'aws:SourceAccount': account, 'aws:SourceArn': arn });
const [OURS, THEIRS] = ['<bucket>', 'arn:aws:s3:::theirs'];
const balancer = (account: string): Context => source(account, `arn:aws:elasticloadbalancing:us-east-1:${account}:loadbalancer/app/fort/50dc6c495c0c9188`);
const alarm = (account: string, name: string): Context => source(account, `arn:aws:cloudwatch:us-east-1:${account}:alarm:${name}`);
const group = (account: string, name: string): Context => ({ 'kms:EncryptionContext:aws:logs:arn': `arn:aws:logs:us-east-1:${account}:log-group:${name}` });
const via = (service: string): Context => ({ 'kms:ViaService': `${service}.us-east-1.amazonaws.com` });
const underKey = (arn: string): Context => ({ 's3:x-amz-server-side-encryption': 'aws:kms', 's3:x-amz-server-side-encryption-aws-kms-key-id': arn });
const otherKey = underKey(`arn:aws:kms:us-east-1:${ACCOUNT}:key/other`);
const BUDGETS = 'budgets.amazonaws.com';
const [S3, S3_LOGS, ELB_LOGS, LOGS] = ['s3.amazonaws.com', 'logging.s3.amazonaws.com', 'logdelivery.elasticloadbalancing.amazonaws.com', 'logs.us-east-1.amazonaws.com'];
const OTHER = '444455556666';

export const TABLE: Row[] = [
  // Administrators do not use, users do not manage: https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
  ['closed EncryptionKey', ADMIN, 'kms:Decrypt', 'denied'],
  ['closed EncryptionKey', ADMIN, 'kms:Encrypt', 'denied'],
  ['closed EncryptionKey', ADMIN, 'kms:GenerateDataKey', 'denied'],
  ['closed EncryptionKey', ADMIN, 'kms:CreateGrant', 'denied'],
  ['closed EncryptionKey', ADMIN, 'kms:PutKeyPolicy', 'allowed'],
  ['closed EncryptionKey', ADMIN, 'kms:EnableKeyRotation', 'allowed'],
  ['closed EncryptionKey', USER, 'kms:Decrypt', 'allowed'],
  ['closed EncryptionKey', USER, 'kms:GenerateDataKey', 'allowed'],
  ['closed EncryptionKey', USER, 'kms:PutKeyPolicy', 'denied'],
  ['closed EncryptionKey', USER, 'kms:DisableKeyRotation', 'denied'],
  ['closed EncryptionKey', USER, 'kms:CreateGrant', 'denied'],
  ['closed EncryptionKey', STRANGER, 'kms:Decrypt', 'denied'],
  ['closed EncryptionKey', STRANGER, 'kms:PutKeyPolicy', 'denied'],
  ['closed EncryptionKey', FOREIGN, 'kms:Decrypt', 'denied'],
  ['closed EncryptionKey', FOREIGN, 'kms:PutKeyPolicy', 'denied'],
  ['closed EncryptionKey', 'anonymous', 'kms:Decrypt', 'denied'],
  ['EncryptionKey', FOREIGN, 'kms:Decrypt', 'denied'],
  ['EncryptionKey', 'anonymous', 'kms:Decrypt', 'denied'],
  ['EncryptionKey', STRANGER, 'kms:CreateGrant', 'denied'],
  ['EncryptionKey', STRANGER, 'kms:CreateGrant', 'allowed', { 'kms:GrantIsForAWSResource': 'true' }],
  ['EncryptionKey', STRANGER, 'kms:PutKeyPolicy', 'allowed'],
  ['EncryptionKey', APPLICATION, 'kms:GenerateDataKey', 'allowed'],
  ['EncryptionKey', APPLICATION, 'kms:Decrypt', 'allowed'],
  ['closed EncryptionKey', APPLICATION, 'kms:Decrypt', 'denied'],

  // Break glass: https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys-adding-permission.html
  ['closed EncryptionKey', GLASS, 'kms:ScheduleKeyDeletion', 'allowed'],
  ['closed EncryptionKey', GLASS, 'kms:DisableKey', 'allowed'],
  ['closed EncryptionKey', GLASS, 'kms:Decrypt', 'denied'],
  ['closed EncryptionKey', ADMIN, 'kms:ScheduleKeyDeletion', 'denied'],
  ['closed EncryptionKey', ADMIN, 'kms:DisableKey', 'denied'],
  ['closed EncryptionKey', ADMIN, 'kms:DeleteImportedKeyMaterial', 'denied'],
  ['closed EncryptionKey', USER, 'kms:ScheduleKeyDeletion', 'denied'],
  ['closed EncryptionKey', STRANGER, 'kms:ScheduleKeyDeletion', 'denied'],
  ['closed EncryptionKey', FOREIGN, 'kms:ScheduleKeyDeletion', 'denied'],
  ['EncryptionKey', FOREIGN, 'kms:ScheduleKeyDeletion', 'denied'],

  // Each key of a set has a policy of its own: https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-auth.html
  // What each usage has operations for: https://docs.aws.amazon.com/kms/latest/developerguide/symm-asymm-concepts.html
  ['ReplicaKey', USER, 'kms:Decrypt', 'allowed'],
  ['ReplicaKey', USER, 'kms:PutKeyPolicy', 'denied'],
  ['ReplicaKey', ADMIN, 'kms:Decrypt', 'denied'],
  ['ReplicaKey', ADMIN, 'kms:ScheduleKeyDeletion', 'allowed'],
  ['ReplicaKey', ADMIN, 'kms:PutKeyPolicy', 'allowed'],
  ['ReplicaKey', STRANGER, 'kms:Decrypt', 'denied'],
  ['ReplicaKey', FOREIGN, 'kms:Decrypt', 'denied'],
  ['MultiRegionKey', USER, 'kms:Decrypt', 'allowed'],
  ['MultiRegionKey', FOREIGN, 'kms:ReplicateKey', 'denied'],
  ['MultiRegionKey', USER, 'kms:ReplicateKey', 'denied'],
  ['SigningKey', USER, 'kms:Sign', 'allowed'],
  ['SigningKey', ADMIN, 'kms:Sign', 'denied'],
  ['SigningKey', STRANGER, 'kms:Sign', 'denied'],
  ['SigningKey', USER, 'kms:PutKeyPolicy', 'denied'],
  ['MacKey', USER, 'kms:GenerateMac', 'allowed'],
  ['MacKey', ADMIN, 'kms:GenerateMac', 'denied'],
  ['MacKey', STRANGER, 'kms:VerifyMac', 'denied'],
  ['AsymmetricEncryptionKey', USER, 'kms:Decrypt', 'allowed'],
  ['AsymmetricEncryptionKey', ADMIN, 'kms:Decrypt', 'denied'],
  ['AsymmetricEncryptionKey', FOREIGN, 'kms:Decrypt', 'denied'],
  ['KeyAgreementKey', USER, 'kms:DeriveSharedSecret', 'allowed'],
  ['KeyAgreementKey', ADMIN, 'kms:DeriveSharedSecret', 'denied'],
  ['KeyAgreementKey', STRANGER, 'kms:DeriveSharedSecret', 'denied'],

  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html
  ['EncryptedBucket', APPLICATION, 's3:GetObject', 'allowed', TLS13],
  ['EncryptedBucket', APPLICATION, 's3:GetObject', 'allowed', TLS12],
  ['EncryptedBucket', APPLICATION, 's3:GetObject', 'denied', TLS11],
  ['EncryptedBucket', APPLICATION, 's3:GetObject', 'denied', HTTP],
  ['EncryptedBucket', STRANGER, 's3:GetObject', 'denied', HTTP],
  ['EncryptedBucket', STRANGER, 's3:PutObject', 'denied', TLS11],
  ['EncryptedBucket', APPLICATION, 's3:PutObject', 'allowed', TLS13],
  ['EncryptedBucket', APPLICATION, 's3:PutObject', 'denied', { ...TLS13, ...otherKey }],
  ['EncryptedBucket', APPLICATION, 's3:PutObject', 'denied', { ...TLS13, 's3:x-amz-server-side-encryption': 'AES256' }],
  // Without a key id S3 takes its own key: https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html
  ['EncryptedBucket', APPLICATION, 's3:PutObject', 'denied', { ...TLS13, 's3:x-amz-server-side-encryption': 'aws:kms' }],
  ['EncryptedBucket', STRANGER, 's3:PutObject', 'denied', { ...TLS13, ...otherKey }],
  ['EncryptedBucket', FOREIGN, 's3:GetObject', 'denied', TLS13],
  ['EncryptedBucket', FOREIGN, 's3:PutObject', 'denied', TLS13],
  ['EncryptedBucket', 'anonymous', 's3:GetObject', 'denied', TLS13],
  ['EncryptedBucket', 'anonymous', 's3:PutObject', 'denied', TLS13],
  ['EncryptedBucket', APPLICATION, 's3:PutObject', 'allowed', { ...TLS13, ...underKey('<key>') }],

  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-security-best-practices.html
  ['EncryptedQueue', APPLICATION, 'sqs:SendMessage', 'allowed', https],
  ['EncryptedQueue', APPLICATION, 'sqs:SendMessage', 'denied', HTTP],
  ['EncryptedQueue', STRANGER, 'sqs:ReceiveMessage', 'denied', HTTP],
  ['EncryptedQueue', FOREIGN, 'sqs:SendMessage', 'denied', https],
  ['DeadLetterQueue', STRANGER, 'sqs:SendMessage', 'denied', HTTP],
  ['DeadLetterQueue', STRANGER, 'sqs:ReceiveMessage', 'denied', HTTP],
  ['DeadLetterQueue', FOREIGN, 'sqs:ReceiveMessage', 'denied', https],
  ['EncryptedQueue', FOREIGN, 'sqs:ReceiveMessage', 'denied', https],
  ['EncryptedQueue', 'anonymous', 'sqs:SendMessage', 'denied', https],
  ['EncryptedQueue', 'sns.amazonaws.com', 'sqs:SendMessage', 'denied', { ...https, 'aws:SourceAccount': ACCOUNT, 'aws:SourceArn': `arn:aws:sns:us-east-1:${ACCOUNT}:any` }],
  // https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html. Budgets needs the topic and its key, for its own account.
  ['EncryptedTopic', APPLICATION, 'sns:Publish', 'allowed', https],
  ['EncryptedTopic', APPLICATION, 'sns:Publish', 'denied', HTTP],
  ['EncryptedTopic', STRANGER, 'sns:Publish', 'denied', HTTP],
  ['EncryptedTopic', FOREIGN, 'sns:Publish', 'denied', https],
  ['EncryptedTopic', FOREIGN, 'sns:Subscribe', 'denied', https],
  ['EncryptedTopic', 'anonymous', 'sns:Publish', 'denied', https],
  ['EncryptedTopic', BUDGETS, 'sns:Publish', 'allowed', { ...https, 'aws:SourceAccount': ACCOUNT }],
  ['EncryptedTopic', BUDGETS, 'sns:Publish', 'denied', { ...https, 'aws:SourceAccount': OTHER }],
  ['EncryptedTopic', BUDGETS, 'sns:Publish', 'denied', { ...HTTP, 'aws:SourceAccount': ACCOUNT }],
  ['EncryptedTopic', 'cloudwatch.amazonaws.com', 'sns:Publish', 'denied', { ...https, ...alarm(ACCOUNT, 'any') }],
  ['EncryptionKey', BUDGETS, 'kms:GenerateDataKey', 'allowed', { 'aws:SourceAccount': ACCOUNT }],
  ['EncryptionKey', BUDGETS, 'kms:GenerateDataKey', 'denied', { 'aws:SourceAccount': OTHER }],
  ['EncryptionKey', 'cloudwatch.amazonaws.com', 'kms:GenerateDataKey', 'denied', alarm(ACCOUNT, 'any')],
  ['SharedAccessLogs', STRANGER, 's3:GetObject', 'denied', HTTP],
  ['SharedAccessLogs', FOREIGN, 's3:GetObject', 'denied', TLS13],
  ['SharedAccessLogs', 'anonymous', 's3:GetObject', 'denied', TLS13],

  // Confused deputies: https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html. A message needs the queue and its key.
  ['EncryptedQueue', S3, 'sqs:SendMessage', 'allowed', { ...https, ...source(ACCOUNT, OURS) }],
  ['EncryptedQueue', S3, 'sqs:SendMessage', 'denied', { ...https, ...source(OTHER, THEIRS) }],
  ['EncryptedQueue', S3, 'sqs:SendMessage', 'denied', { ...https, ...source(OTHER, OURS) }],
  ['EncryptionKey', S3, 'kms:GenerateDataKey', 'allowed', source(ACCOUNT, OURS)],
  ['EncryptionKey', S3, 'kms:GenerateDataKey', 'denied', source(OTHER, THEIRS)],
  ['EncryptionKey', S3, 'kms:GenerateDataKey', 'denied', source(OTHER, OURS)],
  ['SharedAccessLogs', S3_LOGS, 's3:PutObject', 'allowed', { ...TLS13, ...source(ACCOUNT, OURS) }],
  ['SharedAccessLogs', S3_LOGS, 's3:PutObject', 'denied', { ...TLS13, ...source(OTHER, THEIRS) }],
  // ELB writes below the number of the load balancer's account, and nowhere else.
  ['HttpsLoadBalancer', ELB_LOGS, 's3:PutObject', 'allowed', { ...TLS13, ...balancer(ACCOUNT) }, `/elb/AWSLogs/${ACCOUNT}/log`],
  ['HttpsLoadBalancer', ELB_LOGS, 's3:PutObject', 'denied', { ...TLS13, ...balancer(OTHER) }, `/elb/AWSLogs/${OTHER}/log`],

  // A database's key and its log groups: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
  ['EncryptedDatabaseInstance', LOGS, 'kms:GenerateDataKey', 'allowed', group(ACCOUNT, '/aws/rds/instance/fort/postgresql')],
  ['EncryptedDatabaseInstance', LOGS, 'kms:GenerateDataKey', 'denied', group(OTHER, '/aws/rds/instance/fort/postgresql')],
  ['EncryptedDatabaseInstance', LOGS, 'kms:GenerateDataKey', 'denied', group(ACCOUNT, '/other')],
  ['EncryptedDatabaseCluster', LOGS, 'kms:GenerateDataKey', 'allowed', group(ACCOUNT, '/aws/rds/cluster/fort/postgresql')],
  ['EncryptedDatabaseCluster', LOGS, 'kms:GenerateDataKey', 'denied', group(ACCOUNT, '/aws/lambda/other')],
  ['EncryptedDatabaseCluster', LOGS, 'kms:GenerateDataKey', 'denied', group(OTHER, '/aws/rds/cluster/fort/postgresql')],
  ['EncryptedDatabaseCluster', FOREIGN, 'kms:Decrypt', 'denied'],
  ['EncryptedDatabaseCluster', 'anonymous', 'kms:Decrypt', 'denied'],
  ['EncryptedDatabaseCluster', STRANGER, 'kms:CreateGrant', 'denied'],
  ['EncryptedDatabaseCluster', APPLICATION, 'kms:Decrypt', 'denied'],

  // The key of a log group is for that group: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
  ['EncryptedLogGroup', LOGS, 'kms:GenerateDataKey', 'allowed', group(ACCOUNT, '/fort/api')],
  ['EncryptedLogGroup', LOGS, 'kms:Decrypt', 'allowed', group(ACCOUNT, '/fort/api')],
  ['EncryptedLogGroup', LOGS, 'kms:GenerateDataKey', 'denied', group(ACCOUNT, '/fort/api2')],
  ['EncryptedLogGroup', LOGS, 'kms:GenerateDataKey', 'denied', group(OTHER, '/fort/api')],
  ['EncryptedLogGroup', 'logs.eu-west-1.amazonaws.com', 'kms:Decrypt', 'denied', group(ACCOUNT, '/fort/api')],

  // A secret's and a table's key, through the service and not beside it: https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
  ['EncryptedSecret', APPLICATION, 'kms:Decrypt', 'allowed', via('secretsmanager')],
  ['EncryptedSecret', APPLICATION, 'kms:Decrypt', 'denied'],
  ['EncryptedSecret', APPLICATION, 'kms:Decrypt', 'denied', via('s3')],
  ['EncryptedSecret', FOREIGN, 'kms:Decrypt', 'denied', via('secretsmanager')],
  ['EncryptedSecret', 'anonymous', 'kms:Decrypt', 'denied'],
  ['EncryptedTable', APPLICATION, 'kms:Decrypt', 'allowed', via('dynamodb')],
  ['EncryptedTable', APPLICATION, 'kms:GenerateDataKey', 'denied', via('dynamodb')],
  ['EncryptedTable', APPLICATION, 'kms:Decrypt', 'denied'],
  ['EncryptedTable', FOREIGN, 'kms:Decrypt', 'denied', via('dynamodb')],
  ['EncryptedTable', STRANGER, 'kms:CreateGrant', 'denied'],

  // https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html. EventBridge comes without a source: docs/threat-model.md says why.
  ['KeyLifecycleMonitor', 'events.amazonaws.com', 'sns:Publish', 'denied', HTTP],
  ['KeyLifecycleMonitor', 'events.amazonaws.com', 'sns:Publish', 'allowed', https],
  ['KeyLifecycleMonitor', 'cloudwatch.amazonaws.com', 'sns:Publish', 'denied', { ...https, ...alarm(ACCOUNT, 'any') }],
  ['KeyLifecycleMonitor', 'cloudwatch.amazonaws.com', 'sns:Publish', 'denied', { ...https, ...alarm(OTHER, '<alarm>') }],
  ['KeyLifecycleMonitor', STRANGER, 'sns:Publish', 'denied', HTTP],
  ['KeyLifecycleMonitor', FOREIGN, 'sns:Publish', 'denied', https],
  ['KeyLifecycleMonitor', FOREIGN, 'sns:Subscribe', 'denied', https],
  ['KeyLifecycleMonitor', 'anonymous', 'sns:Subscribe', 'denied', https],
  ['KeyLifecycleMonitor', 'cloudwatch.amazonaws.com', 'sns:Publish', 'allowed', { ...https, ...alarm(ACCOUNT, '<alarm>') }],
];

