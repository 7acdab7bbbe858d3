import { nobodyMay } from './answers';
import { Check, fail, NOT_APPLICABLE, PASS, undetermined, Verdict } from './rule';
import { worst } from './values';
import { ActedOn, actionsOn, worksAcrossAccounts } from '../policy/actions';
import { ask, askAboutStrangers, Guarded, namedServices, otherAccounts, serviceForStranger } from '../policy/asked';
import { variablesIn } from '../policy/compare';
import { placeOf, policyOf } from '../policy/from-template';
import { HOLE } from '../policy/glob';
import { nameOf, Statement } from '../policy/statement';
import { some, Truth } from '../policy/truth';
import { everybodyIn } from '../policy/who';
import type { TemplateResource } from '../template/template';

/** The policy of something: what is done to it, and by which ARNs. */
export interface ResourcePolicy {
  /** The property that has the policy. */
  readonly property: string;
  readonly on: readonly ActedOn[];
  /** Which of its ARNs an action may be about; all where it is left out. */
  readonly fits?: (arn: string, on: ActedOn) => boolean;
  /** ARNs in which a service writes for whom it acts: nobody else is there. */
  readonly namesOwner?: RegExp;
  /** What a finding adds. */
  readonly remark?: (policy: TemplateResource) => string;
}

/** Actions and the ARNs that go with them: objects are not listed, and buckets are not read. */
function guardedBy(policy: TemplateResource, { property, on, fits = () => true }: ResourcePolicy): Guarded[] | undefined {
  const statements = policyOf(policy, property);
  if (!statements) { return undefined; }
  const { account } = placeOf(policy.owner);
  const trusted = new Set(policy.owner.surroundings.trusted?.accounts);
  const arns = instancesOf(statements);
  return on.map((kind) => ({ statements, account, trusted, actions: actionsOn(kind), resources: arns.filter((arn) => fits(arn, kind)) }));
}

/** Something that each resource pattern of an Allow is about: what no other statement names, where the pattern leaves it open. */
function instancesOf(statements: readonly Statement[]): string[] {
  const patterns = statements.filter(({ effect }) => effect !== 'Deny').flatMap(({ resources }) => (!resources || resources.negated ? ['*'] : resources.items));
  const variable = /\$\{[^}]*:[^}]*\}/g;
  return [...new Set(patterns.map((pattern) => (variablesIn(pattern).length > 0 ? pattern.replace(variable, 'any') : pattern)
    .split(HOLE).join('any').replace(/\*/g, 'any').replace(/\?/g, 'x')))];
}

function ofPolicy(kind: ResourcePolicy, check: (guarded: Guarded, remark: string) => Verdict): Check {
  return (policy) => {
    const guarded = guardedBy(policy, kind);
    return guarded ? worst(PASS, ...guarded.map((each) => check(each, kind.remark?.(policy) ?? ''))) : NOT_APPLICABLE;
  };
}

/** Nobody may do anything who is in no account, organization or network that the policy names, and no service for them. */
export const strangersMayNothing = (kind: ResourcePolicy) =>
  ofPolicy(kind, (guarded, remark) => nobodyMay(askAboutStrangers(guarded), guarded.account, remark));

/** A service that the policy names may act for what is ours, and not for whoever uses it. */
export const servicesActForOurs = (kind: ResourcePolicy, passesNoSource = /^$/) => ofPolicy(kind, (guarded) => worst(PASS, ...namedServices(guarded)
  .filter((service) => !passesNoSource.test(service))
  .map((service) => nobodyMay(ask(withoutOwned(guarded, kind), [serviceForStranger(service)], guarded.actions), guarded.account))));

function withoutOwned(guarded: Guarded, { namesOwner }: ResourcePolicy): Guarded {
  return namesOwner ? { ...guarded, resources: guarded.resources.filter((arn) => !namesOwner.test(arn)) } : guarded;
}

/** Who is named exactly and is not ours: worth a look. */
export const otherAccountsAreKnown = (kind: ResourcePolicy) => ofPolicy(kind, (guarded) => worst(PASS, ...otherAccounts(guarded)
  .map((account) => nobodyMay(ask(guarded, everybodyIn(account), guarded.actions.filter(worksAcrossAccounts)), guarded.account))));

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
  return negated ? 'yes' : some(items, (action) => (action === '*' || action === `${service}:*` ? 'yes' : action.includes(HOLE) ? 'maybe' : 'no'));
}, 'allows every action');
