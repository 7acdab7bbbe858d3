import type { Identity, OwnStatement } from './identities';
import { best, both, Outcome, outcomeOfRequest } from './outcome';
import { named } from '../policy/caller';
import { covers, variablesIn } from '../policy/compare';
import { couldAnybody } from '../policy/could-anybody';
import { decide, fits, fitsAction, Policies } from '../policy/decide';
import type { Answer } from '../policy/question';
import { nameOf, Statement } from '../policy/statement';
import { principalWho } from '../policy/who';
import type { TemplateResource } from '../template/template';

/** What is asked about a role or user of which all policies are known. */
export interface Wanted {
  /** Any of them. */
  readonly actions: readonly string[];
  readonly resource: string;
  /** The account that owns the resource. */
  readonly account: string;
  /** The resource's own policy. */
  readonly policy: readonly Statement[];
  readonly isKey: boolean;
  /** What such requests have anyway. */
  readonly given: ReadonlyMap<string, readonly string[]>;
  readonly nameOf: (resource: TemplateResource) => string;
}

/** Whether and how an identity is allowed to do one of some actions; `undefined` where it is not. */
export function allowedFor(identity: Identity, wanted: Wanted): Outcome | undefined {
  if (!mayMatter(identity, wanted)) { return undefined; }
  const { actions, account, resource, given } = wanted;
  const caller = { kind: 'identity', arn: identity.arn } as const;
  const policies: Policies = { resource: wanted.policy, identity: identity.statements, boundary: identity.boundary, isKey: wanted.isKey };
  for (const action of actions) {
    const request = { caller, action, resource, account, context: given };
    const { verdict, statement } = decide(request, policies);
    if (verdict === 'allowed') {
      // Where the key leaves it to the account, a policy of the identity allows it.
      const isDelegated = wanted.isKey && statement !== undefined && named(statement.principals, caller).itself === 'no';
      const own = isDelegated ? decide(request, { identity: identity.statements }).statement : undefined;
      const places = [own, statement].flatMap((each) => (each ? [placeOf(each, wanted)] : []));
      return outcomeOfRequest(given, given, places.length > 0 ? places.join(', and ') : placeOf(undefined, wanted));
    }
  }
  const answers = [byOwnName(identity, wanted), ...throughAccount(identity, wanted)];
  return best(answers.flatMap((answer) => outcomeOf(answer, wanted) ?? [])) ?? ofOtherAccount(identity, wanted);
}

/** Most roles have nothing to do with most keys. */
function mayMatter(identity: Identity, { actions, resource, policy, account }: Wanted): boolean {
  if (speaksOf(identity, actions, resource)) { return true; }
  const caller = { kind: 'identity', arn: identity.arn } as const;
  return identity.account === account && policy.some((statement) => statement.effect !== 'Deny' && named(statement.principals, caller).itself !== 'no');
}

const spoken = new WeakMap<Identity, Map<readonly string[], readonly Statement[]>>();

/** Whether a policy of an identity may allow one of some actions with a resource. Which statements are about the actions is found out once. */
function speaksOf(identity: Identity, actions: readonly string[], resource: string): boolean {
  const known = spoken.get(identity) ?? new Map<readonly string[], readonly Statement[]>();
  spoken.set(identity, known);
  const statements = known.get(actions)
    ?? identity.statements.filter((statement) => statement.effect !== 'Deny' && actions.some((action) => isAbout(statement, action)));
  known.set(actions, statements);
  return statements.some((statement) => isWith(statement, resource));
}

/** Whether a statement may be about a resource: for whom, a policy variable decides with the rest of the request. */
const isWith = ({ resources }: Statement, resource: string) =>
  !resources || fits(resources, (pattern) => (variablesIn(pattern).length > 0 ? 'maybe' : covers(pattern, resource, 'resource', new Map()))) !== 'no';

/** Whether a statement may be about an action. */
export const isAbout = ({ actions }: Pick<Statement, 'actions'>, action: string) => fitsAction(actions, action) !== 'no';

/** By a statement of the resource's policy that names the identity, or everybody. */
function byOwnName(identity: Identity, { actions, resource, account, policy, isKey, given }: Wanted): Answer {
  const question = { who: [principalWho(identity.arn)], actions, resources: [resource], account, identity: 'nothing' as const, given };
  return couldAnybody(question, { resource: policy, identity: identity.statements, boundary: identity.boundary, isKey });
}

/**
 * By its own policies, where the policy of the key leaves it to the account: both statements must hold, so the conditions of both are asked of a
 * request. Of other resources the own policy is enough, and `byOwnName` has asked for it.
 */
function throughAccount(identity: Identity, { actions, resource, account, policy, isKey, given }: Wanted): Answer[] {
  if (!isKey || identity.account !== account) { return []; }
  const caller = { kind: 'identity', arn: identity.arn } as const;
  const delegating = policy.filter((statement) => statement.effect !== 'Deny' && named(statement.principals, caller).account !== 'no'
    && isWith(statement, resource));
  const denials = policy.filter(({ effect }) => effect !== 'Allow');
  return delegating.flatMap((statement) => {
    const delegated = actions.filter((action) => isAbout(statement, action));
    if (delegated.length === 0) { return []; }
    const own = identity.statements.map((each): OwnStatement => (each.effect === 'Deny' ? each : {
      ...each, conditions: [...each.conditions, ...statement.conditions], unknown: each.unknown ?? statement.unknown,
    }));
    const question = { who: [principalWho(identity.arn)], actions: delegated, resources: [resource], account, identity: 'nothing' as const, given };
    return [couldAnybody(question, { resource: denials, identity: own, boundary: identity.boundary })];
  });
}

/** From another account: the resource's policy must allow it, and its own. */
function ofOtherAccount(identity: Identity, wanted: Wanted): Outcome | undefined {
  if (identity.account === wanted.account) { return undefined; }
  const { actions, resource, account, given, policy } = wanted;
  const question = { who: [principalWho(identity.arn)], actions, resources: [resource], given };
  const byResource = outcomeOf(couldAnybody({ ...question, account, identity: 'everything' }, { resource: policy, isKey: true }), wanted);
  const byItself = outcomeOf(couldAnybody({ ...question, account: identity.account, identity: 'nothing' }, { identity: identity.statements, boundary: identity.boundary }), wanted);
  if (!byResource || !byItself) { return undefined; }
  const isOpen = byResource.certainty === 'unknown' || byItself.certainty === 'unknown';
  return { ...both(byResource, byItself), certainty: isOpen ? 'unknown' : 'conditional' };
}

function outcomeOf(answer: Answer, wanted: Wanted): Outcome | undefined {
  if (answer.answer === 'no') { return undefined; }
  const by = placeOf(answer.statement, wanted);
  if (answer.answer === 'unknown') { return { certainty: 'unknown', by, conditions: [], note: answer.reason }; }
  return outcomeOfRequest(answer.witness.context, wanted.given, by);
}

/** The statement that allows it, with the policy in which it stands. */
function placeOf(statement: Statement | undefined, { isKey, nameOf: nameOfResource }: Wanted): string {
  if (!statement) { return 'its policies'; }
  const policy = 'policy' in statement ? nameOfResource((statement as OwnStatement).policy) : isKey ? 'key policy' : 'resource policy';
  return `${policy}: ${nameOf(statement)}`;
}
