import { nobodyMay } from './answers';
import { MORE_THAN_USE } from './more-than-use';
import { othersAreKnown, othersNamePrincipals, othersOnlyUse } from './other-accounts';
import { Check, fail, NOT_APPLICABLE, PASS, undetermined, Verdict } from './rule';
import { worst, worstOf } from './values';
import { ActedOn, actionsOn, worksAcrossAccounts } from '../policy/actions';
import { ask, askAboutStrangers, Guarded, internedGuarded, namedServices, serviceForStranger } from '../policy/asked';
import { covers } from '../policy/compare';
import { placeOf, policyOf, statementsOf } from '../policy/from-template';
import { HOLE } from '../policy/glob';
import { shown } from '../policy/physical-names';
import { whyNotTaken } from '../policy/principals';
import { examplesOf } from '../policy/resource-variables';
import { leftOutBy, nameOf, Statement } from '../policy/statement';
import { some, Truth } from '../policy/truth';
import { namedIn, strangersAccount } from '../policy/who';
import type { Read } from '../template/read';
import type { TemplateResource } from '../template/template';

/** The policy of something: what is done to it, and by which ARNs. */
export interface ResourcePolicy {
  /** The property that has the policy. */
  readonly property?: string;
  /** Where there may be many, or at another place: all of them. */
  readonly documents?: (resource: TemplateResource) => readonly Read[];
  readonly on: readonly ActedOn[];
  /** The types of resources that have it; any where it is left out. */
  readonly of?: readonly string[];
  /** Which of its ARNs an action may be about; all where it is left out. */
  readonly fits?: (arn: string, on: ActedOn) => boolean;
  /** The part of an ARN that names for whom a service writes there: nobody else is in it, where a policy names them so. */
  readonly namesOwner?: RegExp;
  /** Accounts of AWS, which write as a service does. */
  readonly ofAws?: ReadonlySet<string>;
  /** What a finding adds. */
  readonly remark?: (policy: TemplateResource) => string;
}

/** The policies of a resource, each as its statements. */
function policiesIn(resource: TemplateResource, { property, documents, of }: ResourcePolicy): ReadonlyArray<readonly Statement[]> {
  if (of && !of.includes(resource.type)) { return []; }
  const one = property === undefined ? undefined : policyOf(resource, property);
  const more = (documents?.(resource) ?? []).filter(({ kind }) => kind !== 'absent').map((document) => statementsOf(document, resource.owner));
  return [...(one ? [one] : []), ...more];
}

/** What a policy guards, and how it is asked. */
type GuardedBy = ReadonlyArray<{ readonly guarded: Guarded; readonly on: ActedOn }> | undefined;

/** Actions and the ARNs that go with them: objects are not listed, and buckets are not read. */
function guardedBy(policy: TemplateResource, kind: ResourcePolicy): GuardedBy {
  if (!policy.owner.conditions.areNone) { return findGuarded(policy, kind); }
  const byKind = ofPolicies.get(policy) ?? new Map<ResourcePolicy, GuardedBy>();
  ofPolicies.set(policy, byKind);
  if (!byKind.has(kind)) { byKind.set(kind, findGuarded(policy, kind)); }
  return byKind.get(kind);
}

/** Many rules ask about one policy. */
const ofPolicies = new WeakMap<TemplateResource, Map<ResourcePolicy, GuardedBy>>();

function findGuarded(policy: TemplateResource, kind: ResourcePolicy): GuardedBy {
  const { on, fits: isAbout = () => true, ofAws = [] } = kind;
  const { account } = placeOf(policy.owner);
  const trusted = new Set([...policy.owner.surroundings.trusted?.accounts ?? [], ...ofAws]);
  const policies = policiesIn(policy, kind);
  return policies.length === 0 ? undefined : policies.flatMap((statements) => {
    const arns = instancesOf(statements, account);
    return on.map((each) => ({
      on: each,
      guarded: internedGuarded({ statements, account, trusted, actions: actionsOn(each), resources: arns.filter((arn) => isAbout(arn, each)) }),
    }));
  });
}

/** Something that each resource pattern of an Allow is about, for whoever asks: what no other statement names, where the pattern leaves it open. */
export function instancesOf(statements: readonly Statement[], account: string): string[] {
  const patterns = statements.flatMap((statement) => {
    const { effect, resources } = statement;
    if (effect === 'Deny') { return leftOutBy(statement); }
    return !resources || resources.negated ? ['*'] : resources.items;
  });
  const named = namedIn(statements, account);
  const accounts = [strangersAccount(named), ...named.accounts];
  return [...new Set(patterns.flatMap((pattern) => examplesOf(pattern, accounts)))];
}

function ofPolicy(kind: ResourcePolicy, check: (guarded: Guarded, policy: TemplateResource, on: ActedOn) => Verdict): Check {
  return (policy) => {
    const all = guardedBy(policy, kind);
    return all ? worstOf(all, ({ guarded, on }) => check(guarded, policy, on)) : NOT_APPLICABLE;
  };
}

/** One check of each kind of policy that a resource may have. */
export const ofEach = (kinds: readonly ResourcePolicy[], checkOf: (kind: ResourcePolicy) => Check): Check => (resource) => {
  const verdicts = kinds.map((kind) => checkOf(kind)(resource)).filter(({ kind }) => kind !== 'not applicable');
  return verdicts.length === 0 ? NOT_APPLICABLE : worst(...verdicts);
};

/** Nobody may do anything who is in no account, organization or network that the policy names, and no service for them. */
export const strangersMayNothing = (kind: ResourcePolicy) =>
  ofPolicy(kind, (guarded, policy) => nobodyMay(askAboutStrangers(guarded), guarded.account, kind.remark?.(policy)));

/** A service that the policy names may act for what is ours, and not for whoever uses it. */
export const servicesActForOurs = (kind: ResourcePolicy, passesNoSource = /^$/) => ofPolicy(kind, (guarded) => worst(PASS, ...namedServices(guarded)
  .filter((service) => !passesNoSource.test(service))
  .map((service) => nobodyMay(ask(withoutOwned(guarded, kind), [serviceForStranger(service)], guarded.actions), guarded.account))));

/** Where a variable stands for the owner (`AWSLogs/${aws:SourceAccount}/`) it is whoever uses the service. */
function withoutOwned(guarded: Guarded, { namesOwner }: ResourcePolicy): Guarded {
  if (!namesOwner) { return guarded; }
  const isOwned = (arn: string) => {
    const [owner] = namesOwner.exec(arn) ?? [];
    return owner !== undefined && guarded.statements.some(({ resources }) => resources?.items.some((pattern) => pattern.includes(owner)));
  };
  return { ...guarded, resources: guarded.resources.filter((arn) => !isOwned(arn)) };
}

/** Who is named exactly and is not ours: worth a look. */
export const otherAccountsAreKnown = (kind: ResourcePolicy) => ofPolicy(kind, (guarded, { owner }) => othersAreKnown(guarded, owner));

/** Another account gets in by named principals only, and not by whomever its administrators choose. */
export const otherAccountsNamePrincipals = (kind: ResourcePolicy) => ofPolicy(kind, othersNamePrincipals);

/** Nobody of another account may change or destroy what they use. */
export const otherAccountsOnlyUse = (kind: ResourcePolicy) =>
  ofPolicy(kind, (guarded, { owner }, on) => othersOnlyUse(guarded, owner, MORE_THAN_USE[on]));

/** What a statement allows other accounts is what works across accounts. */
export const otherAccountsHaveEffect = (kind: ResourcePolicy) => ofPolicy(kind, (guarded) => worstOf(
  guarded.statements.filter(({ principals }) => principals && !principals.negated), (statement) => idleAbroad(statement, guarded)));

function idleAbroad(statement: Statement, { account, actions }: Guarded): Verdict {
  const { principals, actions: { negated, items }, effect, unknown } = statement;
  const notTaken = namesWhomAwsDoesNotTake(statement);
  if (notTaken !== undefined) { return fail(`${nameOf(statement)} ${notTaken}`); }
  if (effect === 'Deny') { return PASS; }
  const accounts = principals!.items.map(({ kind, name }) => (kind === 'account' || kind === 'arn' ? ACCOUNT.exec(name)?.[0] : undefined));
  const isForeign = accounts.some((each) => each !== undefined && each !== account);
  const idle = negated ? undefined : items.find((pattern) => {
    const meant = pattern.includes(HOLE) ? [] : actions.filter((action) => covers(pattern, action.toLowerCase(), 'text', new Map()) === 'yes');
    return meant.length > 0 && !meant.some(worksAcrossAccounts);
  });
  if (isForeign && idle !== undefined && effect === 'Allow') { return fail(`${nameOf(statement)} has no effect for another account: ${idle} does not work across accounts`); }
  const isOpen = (texts: readonly string[]) => texts.some((text) => text.includes(HOLE));
  const mayBe = statement.isOpaque || namesUnknown(statement) || effect === 'unknown' || isOpen(items) || (idle !== undefined && isOpen(principals!.items.map(({ name }) => name)));
  return mayBe ? undetermined(`${nameOf(statement)}: ${unknown}`) : PASS;
}

/** What is wrong with whom a statement names; `undefined` where AWS takes it. */
export function namesWhomAwsDoesNotTake({ principals }: Statement, why = whyNotTaken): string | undefined {
  const found = principals?.items.find((each) => why(each) !== undefined);
  return found && `has no effect for ${shown(found.name)}: ${why(found)}`;
}

/** Whether nothing is known of whom a statement names: it may be somebody whom AWS does not take. */
export const namesUnknown = ({ principals }: Statement) => principals?.items.some(({ kind }) => kind === 'unknown') === true;

const ACCOUNT = /(?<!\d)\d{12}(?!\d)/;

/** No statement of a policy that may be an Allow is so; where what decides is not known, that is said. */
function noAllow(property: string, truthOf: (statement: Statement) => Truth, detail: string): Check {
  return (policy) => {
    const statements = policyOf(policy, property);
    if (!statements) { return NOT_APPLICABLE; }
    return worst(PASS, ...statements.filter(({ effect }) => effect !== 'Deny').map((statement) => {
      const truth = statement.isOpaque ? 'maybe' : truthOf(statement);
      if (truth === 'no') { return PASS; }
      return truth === 'yes' && statement.effect === 'Allow' ? fail(`${nameOf(statement)} ${detail}`) : undetermined(`${nameOf(statement)}: ${statement.unknown}`);
    }));
  };
}

/** No Allow names whom it is not for. */
export const allowsByName = (property: string) => noAllow(property, ({ principals }) => (principals?.negated ? 'yes' : 'no'), 'is for everybody but a few (NotPrincipal)');

/** No Allow is for every action of a service, or for every one but a few. */
export const allowsByAction = (
  property: string, service: string, isExempt: (statement: Statement) => boolean = () => false,
) => noAllow(property, (statement) => {
  if (isExempt(statement)) { return 'no'; }
  const { negated, items } = statement.actions;
  return negated ? 'yes' : coversEveryAction(items, service);
}, 'allows every action');

/** Whether patterns cover every action of a service, those of tomorrow too, however they are written: `kms:*`, `k*`, `kms:**`. */
export function coversEveryAction(patterns: readonly string[], service: string): Truth {
  return some(patterns, (pattern) => covers(pattern, `${service}:${NO_ACTION}`, 'text', new Map()));
}

/** No service has such an action: only a pattern for all covers it. */
const NO_ACTION = 'x9zqk7';
