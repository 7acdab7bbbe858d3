import type { Conditions, Flow, Kind, ServiceParty } from './flow';
import { ENCRYPT_DECRYPT_ACTIONS } from '../statements/actions';

/** A statement that a key policy needs, as text: `${AWS::Partition}` and its like stand for what the deployment knows. */
export interface KeyStatement {
  readonly sid: string;
  readonly principal: { readonly Service: string } | { readonly AWS: string };
  readonly actions: readonly string[];
  readonly conditions: Conditions;
}

/** Whoever writes: multipart uploads and queues read back what they have written. */
const WRITES = ['kms:Decrypt', 'kms:GenerateDataKey*'];
const READS = ['kms:Decrypt'];

interface Need {
  readonly sid: string;
  readonly actions: readonly string[];
  readonly conditions: (party: Known, kind: Kind) => Conditions;
  /** Where it is not the name that resource policies have. */
  readonly principal?: (party: Known) => string;
  /** It is a role, which a condition names: KMS refuses a policy whose principal does not exist yet. */
  readonly isRole?: true;
  /** It makes grants for what it encrypts. */
  readonly makesGrants?: true;
}

/** A party whose account is known, or is the key's own, or any of an organization: then it is a star. */
interface Known {
  readonly account: string;
  readonly organization?: string;
  readonly arn?: string;
  /** Where the queue, topic or bucket is. */
  readonly target: { readonly account: string; readonly region: string };
}


const sourceAccount = ({ account, organization }: Known): Conditions =>
  ({ StringEquals: organization === undefined ? { 'aws:SourceAccount': account } : { 'aws:SourceOrgID': organization } });
/** Where a star stands for the account, its organization is what limits. */
const ofOrganization = (party: Known): Conditions => (party.organization === undefined ? {} : sourceAccount(party));
const sourceArn = (party: Known, pattern: string): Conditions => ({ ...sourceAccount(party), ArnLike: { 'aws:SourceArn': pattern } });

/**
 * What AWS documents that each service needs, by the service's principal. The ARN of the source stands in a condition only where it is
 * known as text: the ARN of a resource that the key encrypts would be a circle.
 */
const NEEDS: Record<string, Need> = {
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/grant-destinations-permissions-to-s3.html
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/configure-inventory.html#configure-inventory-kms-key-policy
  's3.amazonaws.com': { sid: 'S3EventNotifications', actions: WRITES, conditions: sourceAccount },
  // https://docs.aws.amazon.com/sns/latest/dg/sns-enable-encryption-for-topic-sqs-queue-subscriptions.html
  'sns.amazonaws.com': { sid: 'Sns', actions: WRITES, conditions: sourceAccount },
  // As ServiceAccess.eventBridge, which quotes the pages.
  'events.amazonaws.com': {
    sid: 'EventBridge',
    actions: WRITES,
    // The encryption context names the topic or queue, whoever sends.
    conditions: ({ account, organization, target }, kind): Conditions => (kind === 'topic'
      ? { ArnLike: { 'kms:EncryptionContext:aws:sns:topicArn': `arn:\${AWS::Partition}:sns:${target.region}:${target.account}:*` } }
      : {
        StringEqualsIfExists: organization === undefined ? { 'aws:SourceAccount': account } : { 'aws:SourceOrgID': organization },
        ArnLike: { 'kms:EncryptionContext:aws:sqs:arn': `arn:\${AWS::Partition}:sqs:${target.region}:${target.account}:*` },
      }),
  },
  // https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
  'cloudwatch.amazonaws.com': { sid: 'CloudWatchAlarms', actions: WRITES, conditions: sourceAccount },
  // https://docs.aws.amazon.com/config/latest/developerguide/s3-kms-key-policy.html
  'config.amazonaws.com': { sid: 'Config', actions: WRITES, conditions: sourceAccount },
  // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html
  'cloudtrail.amazonaws.com': {
    sid: 'CloudTrail',
    actions: [...WRITES, 'kms:DescribeKey'],
    conditions: (party) => ({ ...ofOrganization(party), ArnLike: { 'aws:SourceArn': `arn:\${AWS::Partition}:cloudtrail:*:${party.account}:trail/*` } }),
  },
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-vended-logs-permissions.html#AWS-logs-SSE-KMS-S3
  // https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-cmk-policy.html
  'delivery.logs.amazonaws.com': {
    sid: 'LogDelivery',
    actions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
    conditions: (party) => sourceArn(party, `arn:\${AWS::Partition}:logs:*:${party.account}:*`),
  },
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html, https://docs.aws.amazon.com/ses/latest/dg/receiving-email-permissions.html
  'ses.amazonaws.com': { sid: 'Ses', actions: WRITES, conditions: sourceAccount },
  // https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_exportfindings.html
  'guardduty.amazonaws.com': { sid: 'GuardDuty', actions: WRITES, conditions: sourceAccount },
  // https://docs.aws.amazon.com/macie/latest/user/discovery-results-repository-s3.html
  'macie.amazonaws.com': { sid: 'Macie', actions: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey*'], conditions: sourceAccount },
  // https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-sns-policy.html
  'budgets.amazonaws.com': { sid: 'Budgets', actions: WRITES, conditions: sourceAccount },
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
  'logs.amazonaws.com': {
    sid: 'CloudWatchLogs',
    actions: ENCRYPT_DECRYPT_ACTIONS,
    principal: ({ target: { region } }) => `logs.${region}.\${AWS::URLSuffix}`,
    conditions: (party) => ({ ArnLike: { 'kms:EncryptionContext:aws:logs:arn': party.arn ?? `arn:\${AWS::Partition}:logs:${party.target.region}:${party.target.account}:log-group:*` } }),
  },
  // https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
  'codestar-notifications.amazonaws.com': { sid: 'CodeStarNotifications', actions: WRITES, conditions: sourceAccount },
  'events.rds.amazonaws.com': { sid: 'RdsEvents', actions: WRITES, conditions: sourceAccount },
  'dms.amazonaws.com': { sid: 'Dms', actions: WRITES, conditions: sourceAccount },
  'redshift.amazonaws.com': { sid: 'Redshift', actions: WRITES, conditions: sourceAccount },
  // https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-notifications.html
  'backup.amazonaws.com': { sid: 'Backup', actions: WRITES, conditions: sourceAccount },
  // https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html
  'autoscaling.amazonaws.com': {
    sid: 'AutoScaling',
    actions: ENCRYPT_DECRYPT_ACTIONS,
    isRole: true,
    makesGrants: true,
    conditions: ({ account, arn }) => ({
      ArnLike: { 'aws:PrincipalArn': arn ?? `arn:\${AWS::Partition}:iam::${account}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling` },
    }),
  },
  // https://docs.aws.amazon.com/cost-management/latest/userguide/ad-SNS.html
  'costalerts.amazonaws.com': { sid: 'CostAlerts', actions: WRITES, conditions: sourceAccount },
  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html#oac-permissions-sse-kms
  'cloudfront.amazonaws.com': {
    sid: 'CloudFront',
    actions: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey*'],
    conditions: (party) => ({ ...ofOrganization(party), ArnLike: { 'aws:SourceArn': `arn:\${AWS::Partition}:cloudfront::${party.account}:distribution/*` } }),
  },
};

/** A Regional principal, as a topic in an opt-in Region has one, needs what the service needs. */
const REGIONAL = /^([a-z0-9.-]+?)\.[a-z]{2}(?:-[a-z]+)+-\d\.(amazonaws\.com(?:\.cn)?)$/;

function needOf(service: string): Need | undefined {
  const [, name, suffix] = REGIONAL.exec(service) ?? [];
  return NEEDS[service.replace(/\.cn$/, '')] ?? (name ? NEEDS[`${name}.${suffix.replace(/\.cn$/, '')}`] : undefined);
}

/** Whether AWS documents what the service needs of a key. */
export function isDocumented({ service }: ServiceParty): boolean {
  return needOf(service) !== undefined;
}

/** All that a key's policy must say for a service. */
export function serviceStatements(party: ServiceParty, kind: Kind, account: string, region: string): KeyStatement[] {
  const use = serviceStatement(party, kind, account, region);
  if (!needOf(party.service)?.makesGrants) { return [use]; }
  return [use, grantsFor(use)];
}

/** What lets whoever uses a key by a statement also make grants of it, for AWS resources only. */
export function grantsFor(use: KeyStatement): KeyStatement {
  return { ...use, sid: `${use.sid}Grants`, actions: ['kms:CreateGrant'], conditions: { ...use.conditions, Bool: { 'kms:GrantIsForAWSResource': 'true' } } };
}

/** What a key's policy must say for a service to use it. `account` and `region` are the target's. */
export function serviceStatement(party: ServiceParty, kind: Kind, account: string, region: string): KeyStatement {
  const { organization } = party;
  const known: Known = { account: organization === undefined ? party.account ?? account : '*', organization, arn: party.arn, target: { account, region } };
  const need: Need = needOf(party.service) ?? { sid: 'Service', actions: WRITES, conditions: sourceAccount };
  return {
    sid: kind === 'bucket' && need.sid === 'S3EventNotifications' ? 'S3Reports' : need.sid,
    principal: need.isRole ? { AWS: '*' } : { Service: need.principal?.(known) ?? party.service },
    actions: need.actions,
    conditions: need.conditions(known, kind),
  };
}

/**
 * What of the key a role or an account needs that writes to, or reads from, what it encrypts. Replicas of objects that are under KMS need `kms:Encrypt`,
 * those of others `kms:GenerateDataKey`, a bucket key `kms:Decrypt`.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-config-for-kms-objects.html
 */
export function keyActions({ direction, replicates }: Acts): readonly string[] {
  return direction === 'read' ? READS : replicates ? ['kms:Decrypt', REPLICATES, 'kms:GenerateDataKey'] : ['kms:Decrypt', 'kms:GenerateDataKey'];
}

/** What of it is missed in any case. */
export function leastKeyActions(flow: Acts): readonly string[] {
  return flow.replicates ? [REPLICATES] : keyActions(flow);
}

type Acts = Pick<Flow, 'direction' | 'replicates'>;

const REPLICATES = 'kms:Encrypt';
