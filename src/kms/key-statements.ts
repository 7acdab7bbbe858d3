import { policyOf } from '../policy/from-template';
import { HOLE } from '../policy/glob';
import { shown } from '../policy/physical-names';
import { nameOf, Statement } from '../policy/statement';
import { every, some, Truth } from '../policy/truth';
import { allowsByName, coversEveryAction } from '../rules/resource-policies';
import { Check, fail, NOT_APPLICABLE, PASS, undetermined } from '../rules/rule';
import { worst } from '../rules/values';

/** How statements of a key's policy should not be written, whatever they come to. */
function noAllow(wrong: (statement: Statement) => { readonly detail: string; readonly truth: Truth } | undefined): Check {
  return (key) => {
    const statements = policyOf(key, 'KeyPolicy');
    if (!statements) { return NOT_APPLICABLE; }
    return worst(PASS, ...statements.filter(({ effect }) => effect !== 'Deny').map((statement) => {
      const found = wrong(statement);
      if (statement.isOpaque || (found && (found.truth === 'maybe' || statement.effect === 'unknown'))) { return undetermined(`${nameOf(statement)}: ${statement.unknown}`); }
      return found && found.truth === 'yes' ? fail(`${nameOf(statement)} ${found.detail}`) : PASS;
    }));
  };
}

export const doesNotAllowByNotPrincipal = allowsByName('KeyPolicy');

export const doesNotAllowByNotAction = noAllow(({ actions }) => (actions.negated ? { truth: 'yes', detail: 'allows everything but a few actions (NotAction)' } : undefined));

/** A role or user that may do everything by itself; an account leaves it to its own policies. */
export const allowsAllToAccountsOnly = noAllow(({ actions, principals }) => {
  const all: Truth = actions.negated ? 'no' : coversEveryAction(actions.items, 'kms');
  const identities = (principals?.items ?? []).filter(({ kind }) => kind === 'arn' || kind === 'anybody' || kind === 'unknown');
  if (principals?.negated) { return all === 'no' ? undefined : { truth: all, detail: `gives kms:* to everybody but ${principals.items.map(({ name }) => shown(name.split(HOLE).join('?'))).join(', ')}` }; }
  const truth = every([all, some(identities, ({ kind }) => (kind === 'unknown' ? 'maybe' : 'yes'))], (each) => each);
  return truth === 'no' ? undefined : { truth, detail: `gives kms:* to ${shown(identities[0].name)}` };
});
