import { keyStatements } from './keys';
import { covers, hasNoCondition, hasSource, isAllow, isDeny, isForEverybody, isLimited, nameOf, servicesOf, Statement, statementsOf } from '../policy/policy';
import { allowsByNotPrincipal, everyStatement, letsAnybodyIn, wholePolicy, Wrong } from '../rules/policy-checks';
import { Check, fail, NOT_APPLICABLE, PASS, passIf, undetermined, Verdict } from '../rules/rule';
import { mustNotBeTrue, notKnown, targetOf } from '../rules/values';
import { same, Unknown } from '../template/read';

/** Judges a key's policy statement by statement. A key without a policy has KMS's own, which trusts the account. */
const noStatement = (wrong: Wrong) => everyStatement('KeyPolicy', wrong);

/** An account's root, in each way of writing it: IAM policies of the account decide. */
const isRoot = (principal: string) => /^AWS:(arn:.*:iam::.+:root|\d{12}|\$\{AWS::AccountId\})$/.test(principal);
const isIdentity = (principal: string) => principal.startsWith('AWS:') && !isRoot(principal);
const USES = ['kms:Decrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom'];
const MANAGES = ['kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion'];

export const letsNobodyInUnlimited = noStatement((statement) => (letsAnybodyIn(statement)
  ? 'is for everybody, of every account, without a condition that limits who' : undefined));

export const hasNoNotPrincipal = noStatement(allowsByNotPrincipal);

export const hasNoNotAction = noStatement((statement) => (isAllow(statement) && statement.notActions.length > 0
  ? 'allows everything but a few actions (NotAction)' : undefined));

export const givesAllToRootOnly = noStatement((statement) => {
  const all = isAllow(statement) && statement.actions.some((action) => action === 'kms:*' || action === '*');
  const identity = statement.principals.find(isIdentity);
  return all && identity ? `gives kms:* to ${identity.slice('AWS:'.length)}` : undefined;
});

export const namesSourceOfServices = noStatement((statement) => {
  const [service] = servicesOf(statement).filter((name) => !ACTS_FOR_ITSELF.test(name));
  const uses = USES.some((action) => covers(statement, action));
  return isAllow(statement) && service && uses && !hasSource(statement) ? `lets ${service} act for anybody: it has no source condition` : undefined;
});

/**
 * Services that pass no source: EventBridge (its events would be lost), and those that name the encryption context by themselves.
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
 */
const ACTS_FOR_ITSELF = /^events\.amazonaws\.com$/;

export const limitsGrants = noStatement((statement) => {
  const identity = statement.principals.find((principal) => isIdentity(principal) || principal === '*');
  const explicit = statement.actions.some((action) => /^kms:(creategrant|create\*|\*)$/.test(action) || action === '*');
  return isAllow(statement) && identity && explicit && covers(statement, 'kms:CreateGrant') && !isLimited(statement, GRANT_LIMITS)
    ? 'allows kms:CreateGrant without a condition: grants are seen in no policy' : undefined;
});

const GRANT_LIMITS = /^(kms:(grantisforawsresource|grantoperations|granteeprincipal|viaservice|grantconstrainttype|encryptioncontext.*)|aws:principalisawsservice)$/i;

/** The Deny that holds against IAM policies too. */
export const deniesOtherGrants: Check = (key) => {
  const statements = statementsOf(key, 'KeyPolicy');
  if (statements instanceof Unknown) { return undetermined(`KeyPolicy: ${statements.reason}`); }
  const denied = statements.some((statement) => isDeny(statement) && isForEverybody(statement) && covers(statement, 'kms:CreateGrant')
    && ['Bool', 'BoolIfExists'].some((operator) => statement.conditions[operator]?.['kms:grantisforawsresource']?.includes('false')));
  return denied ? PASS : fail('no statement denies kms:CreateGrant except for AWS resources');
};

/** The account whose root may do everything is the key's own; each other one that is named by number should be looked at. */
export const namesNoOtherAccount = wholePolicy('KeyPolicy', (statements) => {
  const accountsOf = ({ principals }: Statement) => principals.flatMap((principal) => /^AWS:(?:arn:.*:iam::)?(\d{12})\b/.exec(principal)?.[1] ?? []);
  const own = statements.filter((statement) => isAllow(statement) && statement.actions.includes('kms:*') && statement.principals.some(isRoot)).flatMap(accountsOf);
  for (const statement of statements.filter((each) => isAllow(each) && !isLimited(each))) {
    const other = accountsOf(statement).find((account) => account !== own[0]);
    if (other) { return fail(`${nameOf(statement)} names the account ${other} by number, without a condition`); }
  }
  return PASS;
});

/** One principal may both manage the key and use it. */
export const separatesDuties = wholePolicy('KeyPolicy', (statements) => {
  const may = (principal: string, actions: string[]) => statements.some((statement) => isAllow(statement) && statement.principals.includes(principal)
    && actions.some((action) => covers(statement, action)));
  const both = [...new Set(statements.flatMap(({ principals }) => principals))]
    .find((principal) => isIdentity(principal) && may(principal, MANAGES) && may(principal, ['kms:Decrypt']));
  return both ? fail(`${both.slice('AWS:'.length)} may manage the key and decrypt with it`) : PASS;
});

/** Somebody must be able to change the policy, or only AWS Support can. */
export const staysManageable = wholePolicy('KeyPolicy', (statements) => {
  const change = 'kms:PutKeyPolicy';
  const denied = statements.filter(isDeny).find((each) => isForEverybody(each) && covers(each, change) && hasNoCondition(each));
  if (denied) { return fail(`${nameOf(denied)} denies everybody to change the policy`); }
  const somebody = statements.some((statement) => isAllow(statement) && covers(statement, change)
    && [...statement.principals, ...statement.notPrincipals].some((principal) => !principal.startsWith('Service:')));
  return somebody ? PASS : fail('no statement lets anybody change the policy: only AWS Support could');
});

/** KMS keeps one key of an id in each Region: the primary, or one replica. */
export const replicaIsElsewhere: Check = (replica): Verdict => {
  const arn = replica.get('PrimaryKeyArn');
  const primary = targetOf(arn);
  if (primary && primary.owner === replica.owner) { return fail(`its primary ${primary.logicalId} is in the same template, and so in the same Region`); }
  const others = replica.owner.ofType('AWS::KMS::ReplicaKey').filter((other) => other !== replica);
  const twins = [replica, ...others.filter((other) => same(other.get('PrimaryKeyArn'), arn) === true)];
  if (twins.length > 1) { return fail(`the template has ${twins.length} replicas of one primary: ${twins.map(({ logicalId }) => logicalId).join(', ')}`); }
  const unknown = [arn, ...others.map((other) => other.get('PrimaryKeyArn'))].find((each) => each.kind === 'unknown');
  return unknown?.kind === 'unknown' ? notKnown(unknown) : PASS;
};

/** What a replica's policy allows should be what its primary's does: policies are not copied. */
export const replicaFollowsPrimary: Check = (replica): Verdict => {
  const primary = targetOf(replica.get('PrimaryKeyArn'));
  if (!primary || primary.type !== 'AWS::KMS::Key' || primary.owner === replica.owner) { return NOT_APPLICABLE; }
  const shape = (statements: Statement[]) => [...new Set(statements.map(({ sid, effect, actions, principals }) =>
    `${sid ?? ''} ${effect} ${[...actions].sort().join(',')} for ${principals.length} principals`))].sort();
  const [own, theirs] = [shape(keyStatements(replica)), shape(keyStatements(primary))];
  const missing = theirs.filter((line) => !own.includes(line));
  const more = own.filter((line) => !theirs.includes(line));
  if (missing.length + more.length === 0) { return PASS; }
  return fail(`its policy is not its primary's: ${missing.length > 0 ? `without ${missing[0]}` : `with ${more[0]}`}`);
};

export const replicaDoesNotRotate: Check = (replica) => {
  const set = ['EnableKeyRotation', 'RotationPeriodInDays'].find((name) => replica.get(name).kind !== 'absent');
  return passIf(set === undefined, `${set} is set: a replica rotates with its primary, and CloudFormation refuses it here`);
};

export const keepsLockOutCheck: Check = (key) => mustNotBeTrue(key, ['BypassPolicyLockoutSafetyCheck']);
