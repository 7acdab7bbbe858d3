import { CfnResource } from 'aws-cdk-lib';
import { guardedKey } from './guarded-key';
import { askWhoManages, deniesWhoIsSpared } from './manageable';
import { Completion } from '../completion/registry';
import type { Guarded } from '../policy/asked';
import { nameOf } from '../policy/statement';
import { EncryptionError, ownerPath } from '../private/errors';
import type { TemplateResource } from '../template/template';

/** Who may be named in a key's policy by reference. */
const IDENTITIES = ['AWS::IAM::Role', 'AWS::IAM::User'];

/**
 * Asks of the finished policy of a key whether somebody of its account can still manage it, after every Deny: an error at synth where
 * nobody can, whatever combination of props, statements, grants and escape hatches made it so.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html#allow-unmanageable-key
 */
export function refuseLockOutAtSynth(key: CfnResource): void {
  Completion.of(key).question(key, { types: IDENTITIES, ask: (resource) => lockOut(resource, ownerPath(key)) });
}

function lockOut(key: TemplateResource, path: string): EncryptionError | undefined {
  const guarded = guardedKey(key);
  if (!guarded || namesUnknown(guarded)) { return undefined; }
  const answer = askWhoManages(guarded);
  if (answer.answer === 'no') {
    return new EncryptionError(path, 'KeyPolicyLocksOut', `the key policy locks everybody out: nobody of the account can change the policy, only AWS Support could: ${answer.reason}. `
      + "Name an administrator of the key's account that stays in `administrators`, and except them from each Deny by a condition on aws:PrincipalArn.");
  }
  const by = deniesWhoIsSpared(guarded, answer);
  if (!by) { return undefined; }
  return new EncryptionError(path, 'KeyPolicyMayLockOut', `the key policy may lock everybody out: ${nameOf(by)} denies everybody but whom its NotPrincipal names, and denies them too where they do not exist `
    + 'or their account is not named beside them. Use Principal "*" with the condition ArnNotEquals on aws:PrincipalArn. '
    + 'See https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html');
}

/** Whether an Allow names somebody whose ARN only the deployment knows, such as an attribute of a custom resource. */
function namesUnknown({ statements }: Guarded): boolean {
  return statements.filter(({ effect }) => effect !== 'Deny')
    .some(({ principals }) => principals?.items.some(({ kind, name }) => kind === 'arn' && !name.startsWith('arn:')));
}
