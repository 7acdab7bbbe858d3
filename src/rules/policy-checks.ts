import { Check, fail, NOT_APPLICABLE, PASS, undetermined, Verdict } from './rule';
import { isAllow, isForEverybody, isLimited, nameOf, Statement, statementsOf } from '../policy/policy';
import { Unknown } from '../template/read';

/** What is wrong with a statement; `undefined` where nothing is. */
export type Wrong = (statement: Statement) => string | undefined;

/** Judges the statements of a policy together; a resource without the policy has nothing to judge. */
export function wholePolicy(property: string, check: (statements: Statement[]) => Verdict): Check {
  return (resource) => {
    if (resource.get(property).kind === 'absent') { return NOT_APPLICABLE; }
    const statements = statementsOf(resource, property);
    return statements instanceof Unknown ? undetermined(`${property}: ${statements.reason}`) : check(statements);
  };
}

/** Fails for the first statement of a policy that is wrong; who or what a statement allows may be known only at deployment. */
export function everyStatement(property: string, wrong: Wrong): Check {
  return wholePolicy(property, (statements) => {
    for (const statement of statements) {
      const detail = wrong(statement);
      if (detail) { return fail(`${nameOf(statement)} ${detail}`); }
    }
    const unknown = statements.find(isPartlyUnknown);
    return unknown ? undetermined(`whom or what ${nameOf(unknown)} allows is known only when the stack is deployed`) : PASS;
  });
}

function isPartlyUnknown({ effect, principals, notPrincipals, actions, notActions, conditions }: Statement): boolean {
  const values = Object.entries(conditions).flatMap(([operator, operands]) => [operator, ...Object.keys(operands), ...Object.values(operands).flat()]);
  return effect !== 'Deny' && [effect, ...principals, ...notPrincipals, ...actions, ...notActions, ...values].some((text) => text.includes('${?}'));
}

/** Whether a statement lets everybody in, of every account. */
export const letsAnybodyIn = (statement: Statement) => isAllow(statement) && isForEverybody(statement) && !isLimited(statement);

export const isPublic: Wrong = (statement) => (letsAnybodyIn(statement) ? 'is for everybody, without a condition that limits who' : undefined);

export const allowsByNotPrincipal: Wrong = (statement) => (isAllow(statement) && statement.notPrincipals.length > 0
  ? 'is for everybody but a few (NotPrincipal)' : undefined);
