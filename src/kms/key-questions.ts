import { ACTIONS, BY_INTEREST, defaultPolicy, guardedKey, ofKey, USES } from './guarded-key';
import { worksAcrossAccounts } from '../policy/actions';
import { ask, askAboutStrangers, Guarded, internedGuarded, namedPrincipals, namedServices, serviceForAnybody, serviceForStranger } from '../policy/asked';
import { covers } from '../policy/compare';
import { fits } from '../policy/decide';
import { placeOf } from '../policy/from-template';
import { HOLE } from '../policy/glob';
import { shown } from '../policy/physical-names';
import { whyNotTakenByKms } from '../policy/principals';
import type { Answer } from '../policy/question';
import { nameOf, Statement } from '../policy/statement';
import { everybodyIn, namedIn, Who } from '../policy/who';
import { nobodyMay } from '../rules/answers';
import { MORE_THAN_USE } from '../rules/more-than-use';
import { othersAreKnown, othersNamePrincipals, othersOnlyUse } from '../rules/other-accounts';
import { namesUnknown, namesWhomAwsDoesNotTake } from '../rules/resource-policies';
import { Check, fail, PASS, undetermined } from '../rules/rule';
import { worst, worstOf } from '../rules/values';

const WORST = ['kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion', 'kms:DisableKey', 'kms:DeleteImportedKeyMaterial', 'kms:ReplicateKey', 'kms:UpdatePrimaryRegion'];
/** Everything that manages a key and does not only read about it: tags and aliases decide who may use it, too. */
const CHANGES = [...WORST, ...ACTIONS.filter((action) => !worksAcrossAccounts(action) && !/:(Get|List)/.test(action) && !WORST.includes(action))];

export const strangersMayNothing = ofKey((guarded) => nobodyMay(askAboutStrangers(guarded), guarded.account));

export const otherAccountsAreKnown = ofKey((guarded, { owner }) => othersAreKnown(guarded, owner));

export const otherAccountsAreLimitedToPrincipals = ofKey(othersNamePrincipals);

/** Grants that are not for an AWS resource hand the key on. */
const FOR_ANYBODY: ReadonlyMap<string, readonly string[]> = new Map([['kms:grantisforawsresource', ['false']]]);

export const otherAccountsOnlyUse = ofKey((guarded, { owner }) => othersOnlyUse(guarded, owner, MORE_THAN_USE.key, FOR_ANYBODY));

/** Allowed, and without effect: what does not work across accounts, and what is about another resource. */
export const statementsHaveEffect = ofKey((guarded) => {
  const verdicts = guarded.statements.map((statement) => {
    const notTaken = statement.principals?.negated ? undefined : namesWhomAwsDoesNotTake(statement, whyNotTakenByKms);
    if (notTaken !== undefined) { return fail(`${nameOf(statement)} ${notTaken}`); }
    if (statement.effect === 'Deny') { return PASS; }
    const reason = withoutEffect(statement, guarded);
    return reason && statement.effect === 'Allow' ? fail(`${nameOf(statement)} ${reason}`)
      : reason || mayBeWithoutEffect(statement) ? undetermined(`${nameOf(statement)}: ${statement.unknown}`) : PASS;
  });
  return worst(PASS, ...verdicts);
});

/** Whether what is not known of a statement is what decides here: whom it names, what it allows, with which key. */
function mayBeWithoutEffect(statement: Statement): boolean {
  const { principals, actions, resources, isOpaque } = statement;
  const named = namesUnknown(statement) || principals?.items.some(({ name }) => name.includes(HOLE) && (accountIn(name) ?? HOLE) === HOLE);
  return isOpaque === true || named === true || [...actions.items, ...resources?.items ?? []].some((pattern) => pattern.includes(HOLE));
}

function withoutEffect(statement: Statement, { account, resources }: Guarded): string | undefined {
  const { principals, actions } = statement;
  const about = statement.resources;
  // "If either of the required Resource or Action elements are missing from a key policy statement, the policy statement has no effect."
  // https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html
  if (!about && !statement.isOpaque) { return 'has no effect: it has no Resource'; }
  if (about && !resources.some((arn) => fits(about, (pattern) => covers(pattern, arn, 'resource', new Map())) !== 'no')) {
    return `has no effect: its Resource is not this key but ${about.items.map(shown).join(', ')}`;
  }
  const foreign = principals?.items.find(({ kind, name }) => (kind === 'account' || kind === 'arn') && accountIn(name) !== undefined && accountIn(name) !== account);
  if (!foreign || principals?.negated || actions.negated) { return undefined; }
  const idle = actions.items.find((pattern) => {
    if (pattern.includes(HOLE)) { return false; }
    const meant = ACTIONS.filter((action) => covers(pattern, action.toLowerCase(), 'text', new Map()) === 'yes');
    return meant.length > 0 && !meant.some(worksAcrossAccounts);
  });
  return idle && `has no effect for ${shown(foreign.name)}: ${idle} does not work across accounts`;
}

/** The account of a principal, where its name tells. */
export function accountIn(name: string): string | undefined {
  return /^\d{12}$/.test(name) ? name : /^arn:[^:]*:(?:iam|sts)::(\d{12}):/.exec(name)?.[1];
}

/** Services that pass no source: the page of SNS says that EventBridge does not for topics under a key. */
const PASSES_NO_SOURCE = /^events\.amazonaws\.com$/;

export const servicesActForOurs = ofKey((guarded) => worstOf(
  namedServices(guarded).filter((service) => !PASSES_NO_SOURCE.test(service)),
  (service) => nobodyMay(ask(guarded, [serviceForStranger(service)], USES), guarded.account)));

export const servicesOnlyUse = ofKey((guarded) => worstOf(namedServices(guarded), (service) => worst(
  nobodyMay(mayChange(service, guarded), guarded.account),
  nobodyMay(ask(guarded, [serviceForStranger(service)], ['kms:CreateGrant']), guarded.account),
)));

/**
 * Whether a service may manage the key, but by what everybody is allowed: that is not for a service because another statement names it. CloudTrail's own
 * policy allows everybody of the account to make aliases through EC2.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/default-kms-key-policy.html
 */
function mayChange(service: string, guarded: Guarded): Answer {
  const answer = ask(guarded, [serviceForAnybody(service)], CHANGES);
  if (answer.answer === 'no' || !guarded.statements.some(isForEverybody)) { return answer; }
  const byName = { ...guarded, statements: guarded.statements.filter((statement) => !isForEverybody(statement)) };
  return ask(byName, [serviceForAnybody(service)], CHANGES);
}

const isForEverybody = ({ effect, principals }: Statement) =>
  effect === 'Allow' && principals?.negated === false && principals.items.every(({ kind }) => kind === 'anybody');

/** Every operation that a grant can be for. */
const OPERATIONS = [
  'Decrypt', 'Encrypt', 'GenerateDataKey', 'GenerateDataKeyWithoutPlaintext', 'ReEncryptFrom', 'ReEncryptTo', 'Sign', 'Verify', 'GetPublicKey', 'CreateGrant', 'RetireGrant',
  'DescribeKey', 'GenerateDataKeyPair', 'GenerateDataKeyPairWithoutPlaintext', 'GenerateMac', 'VerifyMac', 'DeriveSharedSecret',
];

/** A grant to a stranger, for everything. */
const WIDEST_GRANT: ReadonlyMap<string, readonly string[] | undefined> = new Map([
  ...FOR_ANYBODY,
  ['kms:grantoperations', OPERATIONS],
  ['kms:granteeprincipal', ['arn:aws:iam::999999999999:role/any-role']],
  ['kms:retiringprincipal', undefined],
  ['kms:grantconstrainttype', undefined],
  ['kms:granteeserviceprincipal', undefined],
]);

/** What limits a grant where it is named exactly. */
const LIMITS_OF_GRANTS = /^kms:(viaservice|encryptioncontext.*)$/;

export const grantsAreLimited = ofKey((guarded) => nobodyMay(
  ask(guarded, [...namedPrincipals(guarded), ...everybodyIn(guarded.account)].filter(({ kind }) => kind !== 'root'), ['kms:CreateGrant'], { identity: 'nothing', given: WIDEST_GRANT, fresh: LIMITS_OF_GRANTS }),
  guarded.account, ': grants stand in no policy'));

/** The guard that holds against policies of the account too: nobody but those that it names makes a grant that is not for an AWS resource. */
export const otherGrantsAreDenied: Check = (key) => {
  const { account } = placeOf(key.owner);
  const guarded = guardedKey(key) ?? internedGuarded({ statements: defaultPolicy(account), isKey: true, account, resources: ['*'], actions: BY_INTEREST });
  const { principals } = namedIn(guarded.statements, guarded.account);
  const others = everybodyIn(guarded.account).filter(({ kind }) => kind !== 'root' || !principals.has(`arn:aws:iam::${guarded.account}:root`));
  return nobodyMay(ask(guarded, others, ['kms:CreateGrant'], { given: FOR_ANYBODY }), guarded.account);
};

/** A principal that may do both kinds of things by the key's policy alone. */
export const dutiesAreSeparate = ofKey((guarded) => {
  const may = (who: Who, actions: readonly string[]) => ask(guarded, [who], actions, { identity: 'nothing' });
  return worstOf(namedPrincipals(guarded), (who) => {
    const [manages, reads] = [may(who, ['kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion']), may(who, ['kms:Decrypt'])];
    if (manages.answer === 'no' || reads.answer === 'no') { return PASS; }
    if (manages.answer === 'yes' && reads.answer === 'yes') { return fail(`${shown(who.arn!)} may manage the key and decrypt with it`); }
    return nobodyMay(manages.answer === 'unknown' ? manages : reads, guarded.account);
  });
});
