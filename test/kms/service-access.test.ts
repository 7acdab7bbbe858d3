import { EncryptionKey, ServiceAccess } from '../../src';
import { ENV, keyStatements, stack } from '../support/stack';

const SOURCE_ACCOUNT = { StringEquals: { 'aws:SourceAccount': '111122223333' } };
const arn = (rest: string) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, rest]] });

/** The statements that an access adds to a key in account 111122223333, us-east-1. */
function added(access: ServiceAccess) {
  const scope = stack(ENV);
  new EncryptionKey(scope, 'Key', { services: [access] });
  return keyStatements(scope).filter(({ Sid }) => !['AccountIdentities', 'DenyGrantsUnlessForAwsResources'].includes(Sid))
    .map(({ Sid, Principal, Action, Condition }) => ({ Sid, Principal, Action, Condition }));
}

const MESSAGES = ['kms:Decrypt', 'kms:GenerateDataKey*'];

test.each([
  ['S3EventNotifications', 's3.amazonaws.com', ServiceAccess.s3EventNotifications()],
  ['Sns', 'sns.amazonaws.com', ServiceAccess.sns()],
  ['CloudWatchAlarms', 'cloudwatch.amazonaws.com', ServiceAccess.cloudWatchAlarms()],
  ['Config', 'config.amazonaws.com', ServiceAccess.config()],
])('%s acts for resources of the key\'s account only', (sid, service, access) => {
  expect(added(access)).toEqual([{ Sid: sid, Principal: { Service: service }, Action: MESSAGES, Condition: SOURCE_ACCOUNT }]);
});

test('a source can be named by ARN, by another account or by an organization', () => {
  const [byArn] = added(ServiceAccess.sns({ sourceArns: ['arn:aws:sns:us-east-1:111122223333:orders'] }));
  expect(byArn.Condition).toEqual({ ...SOURCE_ACCOUNT, ArnLike: { 'aws:SourceArn': ['arn:aws:sns:us-east-1:111122223333:orders'] } });
  const [byAccount] = added(ServiceAccess.sns({ sourceAccount: '444455556666' }));
  expect(byAccount.Condition).toEqual({ StringEquals: { 'aws:SourceAccount': '444455556666' } });
  const [byOrganization] = added(ServiceAccess.sns({ sourceOrganization: 'o-a1b2c3d4e5' }));
  expect(byOrganization.Condition).toEqual({ StringEquals: { 'aws:SourceOrgID': 'o-a1b2c3d4e5' } });
});

test('EventBridge is limited by the encryption context, and for queues by the account where EventBridge names it; for topics it supports no source condition', () => {
  expect(added(ServiceAccess.eventBridge())).toEqual([
    {
      Sid: 'EventBridgeToQueues',
      Principal: { Service: 'events.amazonaws.com' },
      Action: MESSAGES,
      Condition: { StringEqualsIfExists: { 'aws:SourceAccount': '111122223333' }, ArnLike: { 'kms:EncryptionContext:aws:sqs:arn': arn(':sqs:us-east-1:111122223333:*') } },
    },
    {
      Sid: 'EventBridgeToTopics',
      Principal: { Service: 'events.amazonaws.com' },
      Action: MESSAGES,
      Condition: { ArnLike: { 'kms:EncryptionContext:aws:sns:topicArn': arn(':sns:us-east-1:111122223333:*') } },
    },
  ]);
});

test('CloudWatch Logs is limited to log groups by name', () => {
  const [statement] = added(ServiceAccess.cloudWatchLogs({ logGroupNames: ['/app/*'] }));
  expect(statement).toMatchObject({
    Principal: { Service: { 'Fn::Join': ['', ['logs.us-east-1.', { Ref: 'AWS::URLSuffix' }]] } },
    Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': [arn(':logs:us-east-1:111122223333:log-group:/app/*')] } },
  });
});

test('CloudFront acts for distributions of the account, or for those named', () => {
  expect(added(ServiceAccess.cloudFront())[0].Condition).toEqual({ ArnLike: { 'aws:SourceArn': arn(':cloudfront::111122223333:distribution/*') } });
  const distribution = 'arn:aws:cloudfront::111122223333:distribution/E123';
  expect(added(ServiceAccess.cloudFront({ sourceArns: [distribution] }))[0].Condition)
    .toEqual({ ...SOURCE_ACCOUNT, ArnLike: { 'aws:SourceArn': [distribution] } });
});

test('Auto Scaling uses the key by its service-linked role, and creates grants for AWS resources only', () => {
  const [use, grants] = added(ServiceAccess.autoScaling());
  const role = { AWS: arn(':iam::111122223333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling') };
  expect(use.Principal).toEqual(role);
  expect(grants).toMatchObject({ Principal: role, Action: 'kms:CreateGrant', Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } } });
});

test('SES is limited to mail of the account by the encryption context', () => {
  expect(added(ServiceAccess.sesInbound())[0].Condition).toEqual({
    Null: { 'kms:EncryptionContext:aws:ses:rule-name': 'false', 'kms:EncryptionContext:aws:ses:message-id': 'false' },
    StringEquals: { 'kms:EncryptionContext:aws:ses:source-account': '111122223333' },
  });
});

test('CloudTrail is limited to trails of the account, by source and by encryption context', () => {
  const [encrypt, describe_] = added(ServiceAccess.cloudTrail());
  const trails = arn(':cloudtrail:*:111122223333:trail/*');
  expect(encrypt.Condition).toEqual({ ArnLike: { 'aws:SourceArn': [trails] }, StringLike: { 'kms:EncryptionContext:aws:cloudtrail:arn': trails } });
  expect(describe_.Action).toBe('kms:DescribeKey');
});

test.each([
  ['ViaSecretsmanager', 'secretsmanager', ServiceAccess.viaService('secretsmanager')],
  ['ViaS3', 's3', ServiceAccess.viaService('s3.amazonaws.com')],
  ['Backup', 'backup', ServiceAccess.backup()],
])('%s lets the account use the key through the service only', (sid, service, access) => {
  const conditions = {
    StringEquals: {
      'kms:ViaService': { 'Fn::Join': ['', [`${service}.us-east-1.`, { Ref: 'AWS::URLSuffix' }]] },
      'kms:CallerAccount': '111122223333',
    },
  };
  const [use, grants] = added(access);
  expect(use).toMatchObject({ Sid: sid, Principal: { AWS: '*' } });
  expect(JSON.stringify(use.Condition)).toContain(JSON.stringify(conditions.StringEquals['kms:ViaService']).slice(1, -1));
  expect(grants.Condition).toMatchObject({ Bool: { 'kms:GrantIsForAWSResource': 'true' } });
});
