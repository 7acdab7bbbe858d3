import type { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { EncryptionKey, EncryptionKeyProps, MacKey, ServiceAccess, SigningKey } from '../../src';
import { judge, KeyRequest } from '../support/simulator';
import { ENV, propertiesOf, stack } from '../support/stack';

/*
 * Who may do what with a key: expected answers written from AWS's pages before the policies were, judged by an independent
 * policy simulator. Everybody's own IAM policy allows kms:* unless a row says otherwise, so that the key policy decides.
 */
const role = (name: string, account = '111122223333') => `arn:aws:iam::${account}:role/${name}`;
const [ADMIN, USER, GLASS, CREATOR, STRANGER, ROOT] = [role('Admin'), role('User'), role('Glass'), role('Creator'), role('Stranger'), 'arn:aws:iam::111122223333:root'];
const [OTHER, THIRD] = [role('Other', '444455556666'), role('Third', '777788889999')];
const ORG = 'o-a1b2c3d4e5';
const principal = (arn: string) => new iam.ArnPrincipal(arn);

function policyOf(make: (scope: Stack) => unknown): unknown {
  const scope = stack(ENV);
  make(scope);
  return propertiesOf(scope, 'AWS::KMS::Key').KeyPolicy;
}
const key = (props: EncryptionKeyProps = {}, later?: (made: EncryptionKey) => void) => policyOf((scope) => {
  const made = new EncryptionKey(scope, 'Key', props);
  later?.(made);
});
const serving = (access: ServiceAccess) => key({ services: [access] });

const POLICIES = {
  'a plain key': key(),
  'a key with administrators and users': key({ administrators: [principal(ADMIN)], users: [principal(USER)] }),
  'a closed key': key({ trustAccountIdentities: false, administrators: [principal(ADMIN)], users: [principal(USER)] }),
  'a break-glass key': key({ breakGlassPrincipals: [principal(GLASS)], administrators: [principal(ADMIN)] }),
  'a closed break-glass key': key({ trustAccountIdentities: false, breakGlassPrincipals: [principal(GLASS)], administrators: [principal(ADMIN)] }),
  'a key with a grant creator': key({ grantCreators: [principal(CREATOR)] }),
  'a key for another account': key({}, (made) => made.allowAccount('444455556666')),
  'a key for an organization': key({}, (made) => made.allowOrganization(ORG)),
  'a key for S3 events': serving(ServiceAccess.s3EventNotifications()),
  'a key for S3 events of one bucket': serving(ServiceAccess.s3EventNotifications({ sourceArns: ['arn:aws:s3:::orders'] })),
  'a key for S3 events of an organization': serving(ServiceAccess.s3EventNotifications({ sourceOrganization: ORG })),
  'a key for SNS': serving(ServiceAccess.sns()),
  'a key for EventBridge': serving(ServiceAccess.eventBridge()),
  'a key for alarms': serving(ServiceAccess.cloudWatchAlarms()),
  'a key for log groups /app/*': serving(ServiceAccess.cloudWatchLogs({ logGroupNames: ['/app/*'] })),
  'a key for CloudFront': serving(ServiceAccess.cloudFront()),
  'a key for Auto Scaling': key({ trustAccountIdentities: false, administrators: [principal(ADMIN)], services: [ServiceAccess.autoScaling()] }),
  'a key for SES': serving(ServiceAccess.sesInbound()),
  'a key for AWS Config': serving(ServiceAccess.config()),
  'a key for CloudTrail': serving(ServiceAccess.cloudTrail()),
  'a closed key via Secrets Manager': key({ trustAccountIdentities: false, administrators: [principal(ADMIN)], services: [ServiceAccess.viaService('secretsmanager')] }),
  'a closed key for AWS Backup': key({ trustAccountIdentities: false, administrators: [principal(ADMIN)], services: [ServiceAccess.backup()] }),
  'a closed signing key': policyOf((scope) => new SigningKey(scope, 'Key', { trustAccountIdentities: false, administrators: [principal(ADMIN)], users: [principal(USER)] })),
  'a closed MAC key': policyOf((scope) => new MacKey(scope, 'Key', { trustAccountIdentities: false, administrators: [principal(ADMIN)], users: [principal(USER)] })),
};

const OWN = { 'aws:SourceAccount': '111122223333' };
const FOREIGN = { 'aws:SourceAccount': '444455556666' };
const FOR_AWS = { 'kms:GrantIsForAWSResource': 'true' };
const QUEUE = 'kms:EncryptionContext:aws:sqs:arn';
const TOPIC = 'kms:EncryptionContext:aws:sns:topicArn';
const LOGS = 'kms:EncryptionContext:aws:logs:arn';
const SES = { 'kms:EncryptionContext:aws:ses:rule-name': 'r', 'kms:EncryptionContext:aws:ses:message-id': 'm' };
const SES_ACCOUNT = 'kms:EncryptionContext:aws:ses:source-account';
const trail = (account: string) => ({ 'aws:SourceArn': `arn:aws:cloudtrail:us-east-1:${account}:trail/t`, 'kms:EncryptionContext:aws:cloudtrail:arn': `arn:aws:cloudtrail:us-east-1:${account}:trail/t` });
const via = (service: string, account = '111122223333') => ({ 'kms:ViaService': `${service}.us-east-1.amazonaws.com`, 'kms:CallerAccount': account });
const AUTO_SCALING = 'arn:aws:iam::111122223333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling';

type Row = [policy: keyof typeof POLICIES, who: string, action: string, expected: 'allowed' | 'denied', context?: Record<string, string>, identityAllows?: boolean];

const TABLE: Row[] = [
  // https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
  ['a plain key', STRANGER, 'kms:Decrypt', 'allowed'],
  ['a plain key', STRANGER, 'kms:Decrypt', 'denied', {}, false],
  ['a plain key', STRANGER, 'kms:PutKeyPolicy', 'allowed'],
  ['a plain key', ROOT, 'kms:PutKeyPolicy', 'allowed'],
  ['a plain key', OTHER, 'kms:Decrypt', 'denied'],
  ['a plain key', 's3.amazonaws.com', 'kms:GenerateDataKey', 'denied', OWN],
  ['a key with administrators and users', ADMIN, 'kms:PutKeyPolicy', 'allowed', {}, false],
  ['a key with administrators and users', ADMIN, 'kms:ScheduleKeyDeletion', 'allowed', {}, false],
  ['a key with administrators and users', ADMIN, 'kms:Decrypt', 'denied', {}, false],
  ['a key with administrators and users', ADMIN, 'kms:CreateGrant', 'denied', FOR_AWS, false],
  ['a key with administrators and users', USER, 'kms:Decrypt', 'allowed', {}, false],
  ['a key with administrators and users', USER, 'kms:GenerateDataKeyWithoutPlaintext', 'allowed', {}, false],
  ['a key with administrators and users', USER, 'kms:PutKeyPolicy', 'denied', {}, false],
  ['a key with administrators and users', USER, 'kms:ScheduleKeyDeletion', 'denied', {}, false],
  ['a closed key', STRANGER, 'kms:Decrypt', 'denied'],
  ['a closed key', STRANGER, 'kms:PutKeyPolicy', 'denied'],
  ['a closed key', ROOT, 'kms:Decrypt', 'denied'],
  ['a closed key', ADMIN, 'kms:EnableKeyRotation', 'allowed', {}, false],
  ['a closed key', ADMIN, 'kms:Decrypt', 'denied'],
  ['a closed key', USER, 'kms:Encrypt', 'allowed'],
  ['a closed key', USER, 'kms:DisableKey', 'denied'],

  // Grants: https://docs.aws.amazon.com/controltower/latest/controlreference/kms-rules.html (CT.KMS.PR.3)
  ['a plain key', STRANGER, 'kms:CreateGrant', 'denied'],
  ['a plain key', STRANGER, 'kms:CreateGrant', 'allowed', FOR_AWS],
  ['a plain key', ROOT, 'kms:CreateGrant', 'denied'],
  ['a closed key', USER, 'kms:CreateGrant', 'allowed', FOR_AWS],
  ['a closed key', USER, 'kms:CreateGrant', 'denied'],
  ['a key with a grant creator', CREATOR, 'kms:CreateGrant', 'allowed'],
  ['a key with a grant creator', STRANGER, 'kms:CreateGrant', 'denied'],

  // Break glass: https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys-adding-permission.html
  ['a break-glass key', STRANGER, 'kms:ScheduleKeyDeletion', 'denied'],
  ['a break-glass key', ADMIN, 'kms:ScheduleKeyDeletion', 'denied'],
  ['a break-glass key', ADMIN, 'kms:DisableKey', 'denied'],
  ['a break-glass key', ADMIN, 'kms:DeleteImportedKeyMaterial', 'denied'],
  ['a break-glass key', ROOT, 'kms:ScheduleKeyDeletion', 'denied'],
  ['a break-glass key', GLASS, 'kms:ScheduleKeyDeletion', 'allowed'],
  ['a break-glass key', ADMIN, 'kms:EnableKey', 'allowed'],
  ['a closed break-glass key', GLASS, 'kms:DisableKey', 'allowed', {}, false],
  ['a closed break-glass key', GLASS, 'kms:Decrypt', 'denied'],

  // Other accounts: https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html
  ['a key for another account', OTHER, 'kms:Decrypt', 'allowed'],
  ['a key for another account', OTHER, 'kms:Decrypt', 'denied', {}, false],
  ['a key for another account', OTHER, 'kms:PutKeyPolicy', 'denied'],
  ['a key for another account', OTHER, 'kms:CreateGrant', 'denied'],
  ['a key for another account', OTHER, 'kms:CreateGrant', 'allowed', FOR_AWS],
  ['a key for another account', THIRD, 'kms:Decrypt', 'denied'],
  ['a key for an organization', THIRD, 'kms:Decrypt', 'allowed', { 'aws:PrincipalOrgID': ORG }],
  ['a key for an organization', THIRD, 'kms:Decrypt', 'denied', { 'aws:PrincipalOrgID': 'o-0000000000' }],
  ['a key for an organization', THIRD, 'kms:ScheduleKeyDeletion', 'denied', { 'aws:PrincipalOrgID': ORG }],

  // Services; the page of each stands in ServiceAccess.
  ['a key for S3 events', 's3.amazonaws.com', 'kms:GenerateDataKey', 'allowed', OWN],
  ['a key for S3 events', 's3.amazonaws.com', 'kms:Decrypt', 'allowed', OWN],
  ['a key for S3 events', 's3.amazonaws.com', 'kms:GenerateDataKey', 'denied', FOREIGN],
  ['a key for S3 events', 's3.amazonaws.com', 'kms:GenerateDataKey', 'denied'],
  ['a key for S3 events', 's3.amazonaws.com', 'kms:ScheduleKeyDeletion', 'denied', OWN],
  ['a key for S3 events', 'sns.amazonaws.com', 'kms:GenerateDataKey', 'denied', OWN],
  ['a key for S3 events of one bucket', 's3.amazonaws.com', 'kms:GenerateDataKey', 'allowed', { ...OWN, 'aws:SourceArn': 'arn:aws:s3:::orders' }],
  ['a key for S3 events of one bucket', 's3.amazonaws.com', 'kms:GenerateDataKey', 'denied', { ...OWN, 'aws:SourceArn': 'arn:aws:s3:::other' }],
  ['a key for S3 events of one bucket', 's3.amazonaws.com', 'kms:GenerateDataKey', 'denied', { ...FOREIGN, 'aws:SourceArn': 'arn:aws:s3:::orders' }],
  ['a key for S3 events of an organization', 's3.amazonaws.com', 'kms:GenerateDataKey', 'allowed', { ...FOREIGN, 'aws:SourceOrgID': ORG }],
  ['a key for S3 events of an organization', 's3.amazonaws.com', 'kms:GenerateDataKey', 'denied', { ...FOREIGN, 'aws:SourceOrgID': 'o-0000000000' }],
  ['a key for SNS', 'sns.amazonaws.com', 'kms:GenerateDataKey', 'allowed', OWN],
  ['a key for SNS', 'sns.amazonaws.com', 'kms:GenerateDataKey', 'denied', FOREIGN],
  ['a key for EventBridge', 'events.amazonaws.com', 'kms:GenerateDataKey', 'allowed', { ...OWN, [QUEUE]: 'arn:aws:sqs:us-east-1:111122223333:q' }],
  ['a key for EventBridge', 'events.amazonaws.com', 'kms:GenerateDataKey', 'denied', { ...FOREIGN, [QUEUE]: 'arn:aws:sqs:us-east-1:111122223333:q' }],
  ['a key for EventBridge', 'events.amazonaws.com', 'kms:GenerateDataKey', 'allowed', { [QUEUE]: 'arn:aws:sqs:us-east-1:111122223333:q' }],
  ['a key for EventBridge', 'events.amazonaws.com', 'kms:Decrypt', 'allowed', { [TOPIC]: 'arn:aws:sns:us-east-1:111122223333:t' }],
  ['a key for EventBridge', 'events.amazonaws.com', 'kms:GenerateDataKey', 'denied', { ...OWN, [QUEUE]: 'arn:aws:sqs:us-east-1:444455556666:q' }],
  ['a key for EventBridge', 'events.amazonaws.com', 'kms:GenerateDataKey', 'denied'],
  ['a key for alarms', 'cloudwatch.amazonaws.com', 'kms:GenerateDataKey', 'allowed', OWN],
  ['a key for alarms', 'cloudwatch.amazonaws.com', 'kms:GenerateDataKey', 'denied', FOREIGN],
  ['a key for log groups /app/*', 'logs.us-east-1.amazonaws.com', 'kms:Encrypt', 'allowed', { [LOGS]: 'arn:aws:logs:us-east-1:111122223333:log-group:/app/web' }],
  ['a key for log groups /app/*', 'logs.us-east-1.amazonaws.com', 'kms:Encrypt', 'denied', { [LOGS]: 'arn:aws:logs:us-east-1:111122223333:log-group:/other' }],
  ['a key for log groups /app/*', 'logs.us-east-1.amazonaws.com', 'kms:Encrypt', 'denied', { [LOGS]: 'arn:aws:logs:us-east-1:444455556666:log-group:/app/web' }],
  ['a key for log groups /app/*', 'logs.eu-west-1.amazonaws.com', 'kms:Encrypt', 'denied', { [LOGS]: 'arn:aws:logs:us-east-1:111122223333:log-group:/app/web' }],
  ['a key for CloudFront', 'cloudfront.amazonaws.com', 'kms:Decrypt', 'allowed', { 'aws:SourceArn': 'arn:aws:cloudfront::111122223333:distribution/E1' }],
  ['a key for CloudFront', 'cloudfront.amazonaws.com', 'kms:Decrypt', 'denied', { 'aws:SourceArn': 'arn:aws:cloudfront::444455556666:distribution/E1' }],
  ['a key for Auto Scaling', AUTO_SCALING, 'kms:GenerateDataKeyWithoutPlaintext', 'allowed', {}, false],
  ['a key for Auto Scaling', AUTO_SCALING, 'kms:CreateGrant', 'allowed', FOR_AWS, false],
  ['a key for Auto Scaling', AUTO_SCALING, 'kms:CreateGrant', 'denied', {}, false],
  ['a key for Auto Scaling', AUTO_SCALING, 'kms:PutKeyPolicy', 'denied'],
  ['a key for SES', 'ses.amazonaws.com', 'kms:GenerateDataKey', 'allowed', { ...SES, [SES_ACCOUNT]: '111122223333' }],
  ['a key for SES', 'ses.amazonaws.com', 'kms:GenerateDataKey', 'denied', { ...SES, [SES_ACCOUNT]: '444455556666' }],
  ['a key for SES', 'ses.amazonaws.com', 'kms:GenerateDataKey', 'denied', { [SES_ACCOUNT]: '111122223333' }],
  ['a key for SES', 'ses.amazonaws.com', 'kms:Decrypt', 'denied', { ...SES, [SES_ACCOUNT]: '111122223333' }],
  ['a key for AWS Config', 'config.amazonaws.com', 'kms:GenerateDataKey', 'allowed', OWN],
  ['a key for AWS Config', 'config.amazonaws.com', 'kms:GenerateDataKey', 'denied', FOREIGN],
  ['a key for CloudTrail', 'cloudtrail.amazonaws.com', 'kms:GenerateDataKey', 'allowed', trail('111122223333')],
  ['a key for CloudTrail', 'cloudtrail.amazonaws.com', 'kms:GenerateDataKey', 'denied', trail('444455556666')],
  ['a key for CloudTrail', 'cloudtrail.amazonaws.com', 'kms:DescribeKey', 'allowed', { 'aws:SourceArn': trail('111122223333')['aws:SourceArn'] }],
  ['a closed key via Secrets Manager', STRANGER, 'kms:Decrypt', 'allowed', via('secretsmanager'), false],
  ['a closed key via Secrets Manager', STRANGER, 'kms:Decrypt', 'denied', via('s3')],
  ['a closed key via Secrets Manager', STRANGER, 'kms:Decrypt', 'denied'],
  ['a closed key via Secrets Manager', OTHER, 'kms:Decrypt', 'denied', via('secretsmanager', '444455556666')],
  ['a closed key via Secrets Manager', STRANGER, 'kms:PutKeyPolicy', 'denied', via('secretsmanager')],
  ['a closed key for AWS Backup', STRANGER, 'kms:GenerateDataKeyWithoutPlaintext', 'allowed', via('backup'), false],
  ['a closed key for AWS Backup', STRANGER, 'kms:CreateGrant', 'allowed', { ...via('backup'), ...FOR_AWS }, false],
  ['a closed key for AWS Backup', STRANGER, 'kms:CreateGrant', 'denied', via('backup')],

  // Other kinds: https://docs.aws.amazon.com/kms/latest/developerguide/symmetric-asymmetric.html
  ['a closed signing key', USER, 'kms:Sign', 'allowed'],
  ['a closed signing key', USER, 'kms:PutKeyPolicy', 'denied'],
  ['a closed signing key', ADMIN, 'kms:Sign', 'denied'],
  ['a closed signing key', STRANGER, 'kms:Verify', 'denied'],
  ['a closed MAC key', USER, 'kms:GenerateMac', 'allowed'],
  ['a closed MAC key', ADMIN, 'kms:VerifyMac', 'denied'],
];

const CASES = TABLE.map(([policy, who, action, expected, context = {}, identityAllows = true]) => (
  { policy, who, action, expected, context, identityAllows }));

test.each(CASES)('$policy: $who $action is $expected', async ({ policy, who, action, expected, context, identityAllows }) => {
  const request: KeyRequest = { principal: who, action, context, identityAllows };
  expect(await judge(POLICIES[policy], request)).toBe(expected);
});

test('the table has at least sixty cases, and both answers for every policy that is not plain', () => {
  expect(TABLE.length).toBeGreaterThanOrEqual(60);
  for (const policy of Object.keys(POLICIES)) {
    expect([policy, ...new Set(TABLE.filter(([of]) => of === policy).map(([, , , expected]) => expected))].sort()).toEqual([policy, 'allowed', 'denied'].sort());
  }
});
