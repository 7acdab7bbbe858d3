import { ELB_ACCOUNTS } from './elb-accounts';
import { accountIn, Estate } from './estate';
import { Direction, Found, Kind, nameOf, Party } from './flow';
import { KIND } from './kind';
import { allowsAction, conditionValues, Principal, Statement, statementsIn, writesReplicas } from './statements';
import { askAboutStrangers } from '../policy/asked';
import { conditionKey } from '../policy/condition-keys';
import { placeOf, policyOf, statementOf } from '../policy/from-template';
import { examplesOf } from '../policy/resource-variables';
import { leftOutBy } from '../policy/statement';
import type { TemplateResource } from '../template/template';

/** Resource policies, by what they are for. */
const POLICIES: ReadonlyArray<readonly [type: string, property: string, kind: Kind, document?: string]> = [
  ['AWS::S3::BucketPolicy', 'Bucket', 'bucket'],
  ['AWS::SQS::QueuePolicy', 'Queues', 'queue'],
  ['AWS::SQS::QueueInlinePolicy', 'Queue', 'queue'],
  ['AWS::SNS::TopicPolicy', 'Topics', 'topic'],
  ['AWS::SNS::TopicInlinePolicy', 'TopicArn', 'topic'],
  ['AWS::SecretsManager::ResourcePolicy', 'SecretId', 'secret', 'ResourcePolicy'],
  ['AWS::Kinesis::ResourcePolicy', 'ResourceArn', 'stream', 'ResourcePolicy'],
];

export const DIRECTIONS: readonly Direction[] = ['write', 'read'];

/** The types of the resources that are policies of others. */
export const POLICY_TYPES: readonly string[] = POLICIES.map(([type]) => type);

/** A resource that is the policy of others. */
export interface ResourcePolicy {
  readonly policy: TemplateResource;
  /** The property that has the document. */
  readonly document: string;
  readonly kind: Kind;
  readonly targets: readonly TemplateResource[];
}

/** The policies of buckets, queues and so on, with what they are for, by reference, ARN, URL or name. */
export function resourcePolicies(estate: Estate): ResourcePolicy[] {
  return POLICIES.flatMap(([type, property, kind, document = 'PolicyDocument']) => estate.ofType(type).map((policy) => ({
    policy, document, kind, targets: policy.get(property).items().flatMap((read) => estate.one(kind, read, policy.owner) ?? []),
  })));
}

/** Whoever a resource policy allows to write or read: a service, an account, a role, everybody. */
export function allowedByResourcePolicies(policies: readonly ResourcePolicy[]): Found[] {
  return policies.flatMap(({ policy, document, kind, targets }) => {
    const statements = targets.length === 0 ? [] : statementsIn(policy.get(document));
    return targets.flatMap((target) => statements.flatMap((statement) => foundIn(statement, { by: policy, target, kind, document })));
  });
}

/** Where a statement stands, and what it is for. */
interface Place extends Pick<Found, 'by' | 'target' | 'kind'> {
  /** The property that has the policy. */
  readonly document: string;
}

function foundIn(statement: Statement, { document, ...place }: Place): Found[] {
  return DIRECTIONS.filter((direction) => KIND[place.kind][direction].some((action) => allowsAction(statement, action)))
    .flatMap((direction) => statement.principals.flatMap((principal) => {
      const party = partyOf(principal, statement, { ...place, document });
      return party ? perSource(party, statement, place.target).map((each) => ({ ...place, direction, replicates: direction === 'write' && writesReplicas(statement), party: each })) : [];
    }));
}

/** Deliveries that cannot write to a bucket under SSE-KMS, by the principal that is allowed for them. */
const CANNOT_USE_KMS: Record<string, string> = {
  'logging.s3.amazonaws.com': 'S3 server access logs',
  'logdelivery.elasticloadbalancing.amazonaws.com': 'the access logs of an Application or Classic Load Balancer',
};

function partyOf({ type, name, target: role }: Principal, statement: Statement, place: Place): Party | undefined {
  const { target, kind } = place;
  if (type === 'Service') {
    const logs = kind === 'bucket' ? CANNOT_USE_KMS[name] : undefined;
    return logs ? { kind: 'outside', name: logs, reason: 'this delivery cannot write to a bucket under SSE-KMS' } : { kind: 'service', service: name, ...sourceOf(statement, target) };
  }
  if (type === 'CanonicalUser' || /user\/CloudFront Origin Access Identity/.test(name)) {
    const identity = role?.type === 'AWS::CloudFront::CloudFrontOriginAccessIdentity' || type !== 'CanonicalUser';
    return identity ? { kind: 'outside', name: `the CloudFront origin access identity${role ? ` ${nameOf(role)}` : ''}`, reason: 'an origin access identity cannot read objects under SSE-KMS' } : undefined;
  }
  if (type === 'AWS') { return role ? { kind: 'identity', policy: role, holders: [role], byReference: false } : namedPrincipal(name, statement, target); }
  return type === '*' ? everybody(statement, place) : undefined;
}

/** Accounts and roles of other accounts: those of the target's own account are allowed by their own policies. */
function namedPrincipal(name: string, { conditions }: Statement, target: TemplateResource): Party | undefined {
  const account = /^\d{12}$/.test(name) ? name : accountIn(name);
  if (!account || account === target.owner.surroundings.account || ELB_ACCOUNTS.has(account)) { return undefined; }
  return { kind: 'principal', arn: /^\d{12}$/.test(name) ? `arn:\${AWS::Partition}:iam::${name}:root` : name, account, conditions: aboutThePrincipal(conditions) };
}

const ABOUT_PRINCIPAL = /^aws:principal(orgid|orgpaths|account|arn|tag\/.*)$/;

/** The conditions that say who the caller is: the key's policy can repeat them. */
function aboutThePrincipal(conditions: Statement['conditions']): Statement['conditions'] {
  return Object.fromEntries(Object.entries(conditions).map(([operator, operands]) => [
    operator,
    Object.fromEntries(Object.entries(operands).filter(([key]) => ABOUT_PRINCIPAL.test(key)).map(([key, values]) => [spelled(key), values])),
  ]).filter(([, operands]) => Object.keys(operands).length > 0));
}

function spelled(key: string): string {
  const known: Record<string, string> = { 'aws:principalorgid': 'aws:PrincipalOrgID', 'aws:principalorgpaths': 'aws:PrincipalOrgPaths', 'aws:principalaccount': 'aws:PrincipalAccount', 'aws:principalarn': 'aws:PrincipalArn' };
  return known[key] ?? key.replace('aws:principaltag/', 'aws:PrincipalTag/');
}

/** `Principal: "*"`: a service by the ARN that it acts for, an organization, whoever comes through a network, or really everybody. */
function everybody(statement: Statement, place: Place): Party | undefined {
  const { target, kind } = place;
  const source = sourceOf(statement, target);
  const [sourceTarget] = statement.conditionTargets['aws:sourcearn'] ?? [];
  const service = SERVICE_OF_TYPE[sourceTarget?.type ?? ''] ?? SERVICE_IN_ARN[/^arn:[^:]*:([^:]+):/.exec(conditionValues(statement, 'aws:SourceArn')[0] ?? '')?.[1] ?? ''];
  if (service) { return { kind: 'service', service, ...source }; }
  if (isOpenToStrangers(statement, place)) {
    return { kind: 'outside', name: kind === 'bucket' ? 'anonymous readers of the public bucket' : 'anonymous senders', reason: 'requests that are not signed cannot use a key, so they fail under SSE-KMS' };
  }
  const who = aboutThePrincipal(statement.conditions);
  if (Object.keys(who).length > 0) { return { kind: 'principal', arn: '*', account: '*', conditions: who }; }
  const keys = new Set(Object.values(statement.conditions).flatMap((operands) => Object.keys(operands)));
  const limits = [...keys].flatMap((key) => conditionKey(key) ?? []).filter(({ owner }) => owner !== 'request' && owner !== 'caller');
  // A service that nobody names: which one it is, its guide may say.
  if (limits.length > 0 && limits.every(({ owner }) => owner === 'service')) { return undefined; }
  const conditions = { StringEquals: { 'kms:CallerAccount': target.owner.surroundings.account ?? '${AWS::AccountId}' } };
  return { kind: 'principal', arn: '*', account: '*', conditions, limitedBy: limits.length > 0 ? limits.map(({ name }) => name).join(' and ') : 'a Deny of the policy' };
}

/**
 * Whether somebody whom the policy does not mean gets what a statement allows everybody, past every Deny of the policy. As S3 has it: a policy for
 * everybody of a network, an organization or a source is not public.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
function isOpenToStrangers({ read }: Statement, { by, kind, document }: Place): boolean {
  const allow = statementOf(read, by.owner);
  const denies = (policyOf(by, document) ?? []).filter(({ effect }) => effect === 'Deny');
  const { account } = placeOf(by.owner);
  const resources = [...new Set([...allow.resources?.items ?? ['*'], ...denies.flatMap(leftOutBy)].flatMap((pattern) => examplesOf(pattern, [account])))];
  const actions = DIRECTIONS.flatMap((direction) => KIND[kind][direction]);
  return askAboutStrangers({ statements: [allow, ...denies], account, resources, actions }).answer === 'yes';
}

const SERVICE_OF_TYPE: Record<string, string> = { 'AWS::S3::Bucket': 's3.amazonaws.com', 'AWS::SNS::Topic': 'sns.amazonaws.com', 'AWS::Events::Rule': 'events.amazonaws.com' };
const SERVICE_IN_ARN: Record<string, string> = { s3: 's3.amazonaws.com', sns: 'sns.amazonaws.com', events: 'events.amazonaws.com', cloudwatch: 'cloudwatch.amazonaws.com' };

/** A service acts for each account and organization that a statement names: each needs the key. */
function perSource(party: Party, statement: Statement, { owner }: TemplateResource): Party[] {
  if (party.kind !== 'service') { return [party]; }
  const arns = conditionValues(statement, 'aws:SourceArn');
  const named = conditionValues(statement, 'aws:SourceAccount').filter((account) => /^\d{12}$/.test(account));
  const accounts = [...new Set(named.length > 0 ? named : arns.flatMap((arn) => accountIn(arn) ?? []))];
  const organization = conditionValues(statement, 'aws:SourceOrgID').find((id) => /^o-[a-z0-9]+$/.test(id));
  if (accounts.length === 0 && organization !== undefined) { return [{ ...party, organization }]; }
  if (accounts.length < 2) { return [party]; }
  return accounts.map((account) => ({
    ...party,
    account: account === owner.surroundings.account ? undefined : account,
    arn: arns.find((arn) => accountIn(arn) === account),
  }));
}

/** For whom the service acts, where it is another account than the target's. */
function sourceOf(statement: Statement, target: TemplateResource): { account?: string; arn?: string } {
  const own = target.owner.surroundings.account;
  const [arn] = conditionValues(statement, 'aws:SourceArn');
  const [source] = statement.conditionTargets['aws:sourcearn'] ?? [];
  const named = conditionValues(statement, 'aws:SourceAccount').find((account) => /^\d{12}$/.test(account)) ?? (arn && accountIn(arn)) ?? source?.owner.surroundings.account;
  return { account: named === own ? undefined : named, arn: arn && !arn.includes('${') ? arn : undefined };
}
