import { RemovalPolicy } from 'aws-cdk-lib';
import { areAccounts, areOrganizations } from './accounts';
import { has, Kind, kind, listOf, objectWith, oneOf, propsWith } from './kinds';

export const TEXT = kind('text', (value) => typeof value === 'string', (value) => (value === undefined
  ? 'Give it in quotes' : Array.isArray(value) ? 'Give it without the list' : 'Write it in quotes'));
export const FLAG = kind('true or false', (value) => typeof value === 'boolean', () => 'Write true or false, without quotes');
export const NUMBER = kind('a number', (value) => typeof value === 'number' && !Number.isNaN(value), (value) => (value === undefined
  ? 'Give it in digits' : 'Write digits, without quotes'));
export const REGION = kind('a Region', (value) => typeof value === 'string' && value !== '', () => "Give its name as text, such as 'eu-west-1'");
export const ACCOUNTS = listOf(kind('an account number', (value) => areAccounts([value]), () => "Give its 12 digits as text, such as '111122223333'"), 'account numbers', "['111122223333']");
export const ORGANIZATIONS = listOf(kind('the id of an organization', (value) => areOrganizations([value]), () => "Give it as text, such as 'o-abc1234567'"), 'ids of organizations', "['o-abc1234567']");
export const TEXTS = listOf(TEXT, 'texts', "['…', '…']");
export const REMOVAL_POLICY = oneOf('RemovalPolicy', RemovalPolicy);

/** A period of time, counted in this unit where it was given as a number. */
export function durationIn(unit: 'days' | 'seconds'): Kind {
  return kind('a Duration', has('toSeconds', 'isUnresolved'), (value) => {
    const [count] = /^\d+/.exec(String(value ?? '')) ?? ['…'];
    return `Give \`Duration.${unit}(${count})\``;
  });
}

export const DAYS = durationIn('days');
export const SECONDS = durationIn('seconds');

/** A key where only its ARN is needed: `kms.IKeyRef`. */
export const KEY_REFERENCE = kind('a KMS key', has('keyRef'), keyRemedy);

/** A key whose policy is changed too: `kms.IKey`. */
export const KEY = kind('a KMS key', has('keyArn', 'keyId'), keyRemedy);
export const KEYS = listOf(KEY, 'KMS keys', '[key]');

function keyRemedy(value?: unknown): string {
  if (typeof value === 'string' && value.startsWith('alias/')) { return `Import it: \`kms.Alias.fromAliasName(this, 'Key', '${value}')\``; }
  if (typeof value === 'string' && value.startsWith('arn:')) { return `Import it: \`kms.Key.fromKeyArn(this, 'Key', '${value}')\``; }
  if (has('keyRef')(value)) { return 'Give its L2: `kms.Key.fromCfnKey(key)`'; }
  return 'Give an EncryptionKey, or import a key with `kms.Key.fromKeyArn(this, \'Key\', \'arn:aws:kms:…\')`';
}

/** Somebody with a policy fragment, as key policies need: `iam.IPrincipal`. */
export const PRINCIPAL = kind('an IAM principal', has('policyFragment'), (value) => {
  if (typeof value === 'string' && /^\d{12}$/.test(value)) { return `Give \`new iam.AccountPrincipal('${value}')\``; }
  if (typeof value === 'string' && /^o-[a-z0-9]+$/.test(value)) { return `Give \`new iam.OrganizationPrincipal('${value}')\``; }
  if (typeof value === 'string') { return `Give \`new iam.ArnPrincipal('${value.startsWith('arn:') ? value : 'arn:aws:iam::…'}')\``; }
  if (has('grantPrincipal')(value)) { return 'Give its `grantPrincipal`' ; }
  return 'Give a role, or `new iam.ArnPrincipal(\'arn:aws:iam::…\')`';
});
export const PRINCIPALS = listOf(PRINCIPAL, 'IAM principals', '[role]');

/** Somebody who can be granted something: `iam.IGrantable`. */
export const GRANTEE = kind('somebody who can be granted permissions', has('grantPrincipal'), (value) => {
  if (typeof value === 'string' && value.startsWith('arn:')) { return `Give a role, a user or a function; import a role: \`iam.Role.fromRoleArn(this, 'Role', '${value}')\``; }
  return 'Give a role, a user or a function';
});

const roleRemedy = (value?: unknown) => (typeof value === 'string'
  ? `Import it: \`iam.Role.${value.startsWith('arn:') ? 'fromRoleArn' : 'fromRoleName'}(this, 'Imported', '${value}')\`` : 'Give an `iam.Role`');
export const ROLE = objectWith('a role', ['roleArn', 'grantPrincipal'], roleRemedy);
/** A role where only its ARN is needed: `iam.IRoleRef`. */
export const ROLE_REFERENCE = objectWith('a role', ['roleRef'], roleRemedy);

export const BUCKET = objectWith('a bucket', ['bucketArn', 'bucketName'], (value) => (typeof value === 'string'
  ? `Import it: \`s3.Bucket.${value.startsWith('arn:') ? 'fromBucketArn' : 'fromBucketName'}(this, 'Imported', '${value}')\`` : 'Give a bucket, such as an `s3.Bucket`'));
export const BUCKETS = listOf(BUCKET, 'buckets', '[bucket]');
export const TOPIC = objectWith('a topic', ['topicArn', 'addToResourcePolicy'], (value) => (typeof value === 'string'
  ? `Import it: \`sns.Topic.fromTopicArn(this, 'Imported', '${value}')\`` : 'Give an `sns.Topic`'));
export const LOG_GROUP = objectWith('a log group', ['logGroupName', 'logGroupArn'], (value) => (typeof value === 'string'
  ? `Import it: \`logs.LogGroup.${value.startsWith('arn:') ? 'fromLogGroupArn' : 'fromLogGroupName'}(this, 'Imported', '${value}')\`` : 'Give a `logs.LogGroup`'));
export const VPC = objectWith('a VPC', ['vpcId', 'selectSubnets'], (value) => (typeof value === 'string'
  ? `Look it up: \`ec2.Vpc.fromLookup(this, 'Vpc', { vpcId: '${value}' })\`` : 'Give a VPC, such as `new ec2.Vpc(this, \'Vpc\')`'));
export const SECURITY_GROUP = objectWith('a security group', ['securityGroupId', 'connections'], (value) => (typeof value === 'string'
  ? `Import it: \`ec2.SecurityGroup.fromSecurityGroupId(this, 'Imported', '${value}')\`` : 'Give an `ec2.SecurityGroup`'));
export const SECURITY_GROUPS = listOf(SECURITY_GROUP, 'security groups', '[securityGroup]');
const SELECTION = ['availabilityZones', 'onePerAz', 'subnetFilters', 'subnetGroupName', 'subnetName', 'subnetType', 'subnets'];
export const SUBNETS = propsWith('a selection of subnets', SELECTION, (value) => (Array.isArray(value)
  ? 'Give `{ subnets: [ … ] }`' : 'Give `{ subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS }`'));

export const STATEMENT = objectWith('an iam.PolicyStatement', ['toStatementJson'], () => 'Give `new iam.PolicyStatement({ … })`');
export const ACTIONS = listOf(TEXT, 'actions', "['kms:Decrypt']");
export const CONSTRUCT = objectWith('a construct', ['node'], () => 'Give an app, a stack, or a construct in one');
