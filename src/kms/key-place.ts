import { Resource, Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import { EncryptionError } from '../private/errors';
import { Place, placeOf } from '../private/place';
import { knownAtSynth } from '../private/tokens';
import { warn } from '../private/warn';
import { ENCRYPT_DECRYPT_ACTIONS } from '../statements/actions';
import { users, usersGrants } from '../statements/key-statements';

const KEYS = ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'];

/**
 * Throws where a key is in another Region than the resource that it is to encrypt. A key of another account must allow the account
 * of the resource: an error at synth where this app makes the key and its policy does not, a warning where the key is imported.
 *
 * What is only known at deployment is not compared.
 *
 * @param scope the resource, or the construct in which it is to be made
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html
 */
export function checkKeyPlace(path: string, scope: IConstruct, keyArn: string): void {
  const { region, account } = Resource.isResource(scope) ? scope.env : Stack.of(scope);
  const place = placeOf(keyArn, KEYS);
  const [here, home] = [knownAtSynth(region), knownAtSynth(account)];
  if (here && place.region && here !== place.region) {
    throw new EncryptionError(path, 'KeyInOtherRegion',
      `cannot be encrypted under ${nameOf(place, keyArn)}: the key is in ${place.region}, and ${path} is in ${here}. AWS uses a key only in its own Region. `
      + `Give a key of ${here}, or make the key a MultiRegionKey with a replica in ${here}.`);
  }
  if (home && place.account && home !== place.account) { checkOtherAccount(path, scope, keyArn, place, home); }
}

/** @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html */
function checkOtherAccount(path: string, scope: IConstruct, keyArn: string, place: Place, home: string): void {
  const { resource } = place;
  const problem = `its key ${nameOf(place, keyArn)} is in account ${place.account}, and ${path} is in ${home}`;
  const statements = allowAccount(home).map((statement) => JSON.stringify(statement.toJSON())).join(',');
  if (!resource) {
    warn(scope, 'KeyInOtherAccount', `${path}: ${problem}. Nobody in ${home} can use the key until its key policy has these statements: ${statements}`);
    return;
  }
  scope.node.addValidation({
    validate: () => (mentions(resource, home) ? [] : [`${path}: ${problem}, which the key policy does not allow: nobody there could read or write. `
      + `Add \`key.allowAccount('${home}')\`, or these statements to the key policy: ${statements} [KeyInOtherAccount]`]),
  });
}

/** The account by its id: as text, it can be pasted. */
function allowAccount(account: string): iam.PolicyStatement[] {
  const principals = [new iam.ArnPrincipal(account)];
  return [...users(principals, ENCRYPT_DECRYPT_ACTIONS), ...usersGrants(principals)];
}

/** Whether a key policy allows anybody of an account, by its id or as one of everybody under conditions. */
function mentions(key: IConstruct, account: string): boolean {
  const { keyPolicy } = key as unknown as { readonly keyPolicy: unknown };
  const policy: { Statement?: Array<{ Effect: string; Principal?: unknown }> } | undefined = Stack.of(key).resolve(keyPolicy);
  return (policy?.Statement ?? []).some(({ Effect, Principal }) => {
    const who = JSON.stringify(Principal ?? '');
    return Effect === 'Allow' && (who.includes(account) || who.includes('"*"'));
  });
}

function nameOf({ resource }: Place, keyArn: string): string {
  if (resource) { return resource.node.scope?.node.path || resource.node.path; }
  return Token.isUnresolved(keyArn) ? 'an imported key' : keyArn;
}
