import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { ManagedKey } from './managed-key';
import { ReplicaKey } from './replica-key';
import { knownAtSynth } from '../private/tokens';
import { viaService } from '../statements/via-service';

/**
 * Allows a principal to use a key through one service only. A role of the key's account gets it in its own policy; the key's policy does not name it.
 *
 * @param service its name in the endpoint: `dynamodb`
 */
export function grantThroughService(key: kms.IKey, service: string, grantee: iam.IGrantable, ...actions: string[]): iam.Grant {
  const principal = grantee.grantPrincipal;
  const through = viaService(service, Stack.of(key));
  if (key instanceof ManagedKey || key instanceof ReplicaKey || isSameClass(key)) {
    return key.grant({ grantPrincipal: new kms.ViaServicePrincipal(through, principal) }, ...actions);
  }
  const conditions = { StringEquals: { 'kms:ViaService': through } };
  const own = iam.Grant.addToPrincipal({ grantee, actions, resourceArns: [key.keyArn], conditions });
  if (own.success && !isForeign(key, principal)) { return own; }
  // Its own policy is not enough, or it has none: the CDK writes the key's policy for whoever is named with a condition.
  return key.grant({ grantPrincipal: new kms.ViaServicePrincipal(through, principal) }, ...actions);
}

/** A key of this library that another copy of the module made. */
function isSameClass(key: kms.IKey): boolean {
  return typeof (key as { _allow?: unknown })._allow === 'function';
}

function isForeign(key: kms.IKey, principal: iam.IPrincipal): boolean {
  const [home, account] = [knownAtSynth(Stack.of(key).account), knownAtSynth(principal.principalAccount)];
  return home !== undefined && account !== undefined && home !== account;
}
