import { policyOf } from '../policy/from-template';
import { shown } from '../policy/physical-names';
import { nameOf, Statement } from '../policy/statement';
import { Check, fail, NOT_APPLICABLE, PASS } from '../rules/rule';
import { allowsByName } from '../rules/resource-policies';

/** How statements of a key's policy should not be written, whatever they come to. */
function noAllow(wrong: (statement: Statement) => string | undefined): Check {
  return (key) => {
    const statements = policyOf(key, 'KeyPolicy');
    if (!statements) { return NOT_APPLICABLE; }
    for (const statement of statements.filter(({ effect }) => effect === 'Allow')) {
      const detail = wrong(statement);
      if (detail) { return fail(`${nameOf(statement)} ${detail}`); }
    }
    return PASS;
  };
}

export const doesNotAllowByNotPrincipal = allowsByName('KeyPolicy');

export const doesNotAllowByNotAction = noAllow(({ actions }) => (actions.negated ? 'allows everything but a few actions (NotAction)' : undefined));

/** A role or user that may do everything by itself; an account leaves it to its own policies. */
export const allowsAllToAccountsOnly = noAllow(({ actions, principals }) => {
  const isAll = !actions.negated && actions.items.some((action) => action === 'kms:*' || action === '*');
  const identity = principals?.items.find(({ kind }) => kind === 'arn' || kind === 'anybody');
  return isAll && identity ? `gives kms:* to ${shown(identity.name)}` : undefined;
});
