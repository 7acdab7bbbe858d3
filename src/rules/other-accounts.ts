import { nobodyMay } from './answers';
import { PASS, Verdict } from './rule';
import { worst } from './values';
import { worksAcrossAccounts } from '../policy/actions';
import { ask, askAboutStrangers, Guarded, namedPrincipals, otherAccounts } from '../policy/asked';
import type { Answer, Given } from '../policy/question';
import { everybodyIn, namedIn, principalWho } from '../policy/who';
import type { Template } from '../template/template';

/** A limit to an organization, network or service: whoever else is in the account does not meet it. */
const LIMITS = /^(aws:(principalorgid|principalorgpaths|sourcevpc|sourcevpce|sourcevpcarn|sourcearn|sourceaccount)|kms:viaservice)$/;

/** A name that no pattern for certain roles fits. */
const NOBODYS_NAME = 'any-principal';

const filtered = new WeakMap<readonly string[], readonly string[]>();

/** Those of some actions that a principal of another account can do at all; the list stays the same object, so that answers are remembered. */
export function acrossAccounts(actions: readonly string[]): readonly string[] {
  const known = filtered.get(actions) ?? actions.filter(worksAcrossAccounts);
  filtered.set(actions, known);
  return known;
}

function ofEach(guarded: Guarded, of: (account: string) => Answer): Verdict {
  return worst(PASS, ...otherAccounts(guarded).map((account) => nobodyMay(of(account), guarded.account)));
}

/** The organizations that a policy names and that are not trusted: a principal of any of their accounts. */
function ofEachOrganization(guarded: Guarded, { surroundings }: Template, actions: readonly string[], given?: Given): Verdict {
  const named = [...namedIn(guarded.statements, guarded.account).values.get('aws:principalorgid') ?? []]
    .filter((id) => !surroundings.trusted?.organizations.includes(id));
  return worst(PASS, ...named.map((id) => nobodyMay(
    askAboutStrangers(guarded, actions, { given: new Map([...given ?? [], ['aws:principalorgid', [id]]]) }), guarded.account)));
}

/** Who is named exactly and is not ours: worth a look. */
export function othersAreKnown(guarded: Guarded, template: Template): Verdict {
  const actions = acrossAccounts(guarded.actions);
  return worst(
    ofEach(guarded, (account) => ask(guarded, [...namedPrincipals(guarded, account), ...everybodyIn(account)], actions, { fresh: LIMITS })),
    ofEachOrganization(guarded, template, actions),
  );
}

/** Whether another account gets in by named principals only, and not by whomever its administrators choose. */
export function othersNamePrincipals(guarded: Guarded): Verdict {
  const actions = acrossAccounts(guarded.actions);
  return ofEach(guarded, (account) => ask(guarded, ['role', 'user'].map((kind) => principalWho(`arn:aws:iam::${account}:${kind}/${NOBODYS_NAME}`)), actions, { fresh: LIMITS }));
}

/** Whether nobody of another account, or of an organization, may do what is more than use. */
export function othersOnlyUse(guarded: Guarded, template: Template, more: readonly string[], given?: Given): Verdict {
  return worst(
    ofEach(guarded, (account) => ask(guarded, [...everybodyIn(account), ...namedPrincipals(guarded, account)], more, { given })),
    ofEachOrganization(guarded, template, more, given),
  );
}
