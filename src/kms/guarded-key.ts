import { actionsOn } from '../policy/actions';
import { ask, Guarded, internedGuarded, namedPrincipals, otherAccounts } from '../policy/asked';
import { placeOf, policyOf, statementsOf } from '../policy/from-template';
import { normalize } from '../policy/normal-form';
import { OWN_ACCOUNT, physicalName } from '../policy/physical-names';
import type { Statement } from '../policy/statement';
import { everybodyIn } from '../policy/who';
import { Check, NOT_APPLICABLE, Verdict } from '../rules/rule';
import type { TemplateResource } from '../template/template';

/** Every action that a key's policy can be about. */
export const ACTIONS = actionsOn('key');
/** Reading what is under the key, first: it says the most in a finding. */
export const USES = ['kms:Decrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:Encrypt', ...ACTIONS.filter((action) => /:(ReEncrypt|GenerateDataKey|GenerateMac|Sign|Verify|Derive)/.test(action))];
/** Every action on a key, those first that say the most in a finding or error. */
export const BY_INTEREST = [...USES, 'kms:CreateGrant', ...ACTIONS.filter((action) => !USES.includes(action) && action !== 'kms:CreateGrant')];

/** What a new key has where nothing is said: its account decides. */
export function defaultPolicy(account: string): readonly Statement[] {
  const known = defaultPolicies.get(account) ?? normalize({ Statement: { Effect: 'Allow', Principal: { AWS: account }, Action: 'kms:*', Resource: '*' } });
  defaultPolicies.set(account, known);
  return known;
}

const defaultPolicies = new Map<string, readonly Statement[]>();

/** A key as questions see it; `undefined` where it says nothing about access. */
export function guardedKey(key: TemplateResource): Guarded | undefined {
  const known = guardedKeys.get(key) ?? readKey(key);
  // Where there is one scenario, it is always the same.
  if (known && key.owner.conditions.areNone) { guardedKeys.set(key, known); }
  return known;
}

const guardedKeys = new WeakMap<TemplateResource, Guarded>();

function readKey(key: TemplateResource): Guarded | undefined {
  const place = placeOf(key.owner);
  const statements = policyOf(key, 'KeyPolicy');
  if (!statements) { return undefined; }
  const trusted = new Set(key.owner.surroundings.trusted?.accounts);
  const guarded = (account: string, own: readonly Statement[]) => internedGuarded({
    statements: own, isKey: true, account, resources: [physicalName(key, 'Arn', { ...place, account })], actions: BY_INTEREST, trusted,
  });
  const asWritten = guarded(place.account, statements);
  const owner = place.account === OWN_ACCOUNT ? ownerByNumber(asWritten) : undefined;
  return owner === undefined ? asWritten : guarded(owner, statementsOf(key.get('KeyPolicy'), key.owner, { ...place, account: owner }));
}

/**
 * The number of the own account, where only an account that is written by its number could manage the key: KMS refuses a policy by which its own
 * account cannot.
 */
function ownerByNumber(guarded: Guarded): string | undefined {
  if (!owners.has(guarded)) { owners.set(guarded, findOwner(guarded)); }
  return owners.get(guarded);
}

/** Keys with the same policy are the same object. */
const owners = new WeakMap<Guarded, string | undefined>();

function findOwner(guarded: Guarded): string | undefined {
  const manages = (account: string) => ask({ ...guarded, account }, [...everybodyIn(account), ...namedPrincipals(guarded, account)], ['kms:PutKeyPolicy']).answer === 'yes';
  const others = otherAccounts({ ...guarded, trusted: undefined });
  if (others.length === 0 || guarded.statements.some(({ unknown }) => unknown !== undefined) || manages(guarded.account)) { return undefined; }
  return others.find(manages);
}

/** A check of a key's policy; a key without one has KMS's own, which trusts the account. */
export function ofKey(check: (guarded: Guarded, key: TemplateResource) => Verdict): Check {
  return (key) => {
    const guarded = guardedKey(key);
    return guarded ? check(guarded, key) : NOT_APPLICABLE;
  };
}
