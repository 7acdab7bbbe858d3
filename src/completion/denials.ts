import { isDeepStrictEqual } from 'node:util';
import { CfnResource, Stack } from 'aws-cdk-lib';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { deployedLength, policyLength } from './policy-size';
import type { Protection } from './protection';
import { tell } from './tell';
import { EncryptionError, ownerPath } from '../private/errors';
import { takeOutOfDocument } from '../private/policy-document';
import { addToResourcePolicyOf } from '../private/resource-policy';
import { BUCKET_POLICY_LIMIT_BYTES } from '../statements/policy-limits';
import type { Room } from '../statements/upload-room';

/** The statements that were added before, by bucket. */
export type Denied = Map<CfnResource, readonly PolicyStatement[]>;

interface Place {
  readonly policiesOf: (resource: CfnResource) => readonly CfnResource[];
  readonly denied: Denied;
  readonly refuse: (error: EncryptionError) => void;
}

/** Adds the statements that come last to a bucket's policy, in place of those of an earlier run, unless S3 would refuse the policy for its size. */
export function addDenials(protection: Protection, room: Room, { policiesOf, denied, refuse }: Place): void {
  const { resource, denials } = protection;
  if (!denials) { return; }
  const [statements, before] = [denials(room), denied.get(resource) ?? []];
  const json = resolved(statements, resource);
  if (before.length > 0 && isDeepStrictEqual(resolved(before, resource), json)) { return; }
  const policies = policiesOf(resource);
  policies.forEach((policy) => takeOutOfDocument(policy, 'policyDocument', before));
  const total = policies.reduce((sum, policy) => sum + policyLength(policy, 'policyDocument'), deployedLength(json));
  if (total <= BUCKET_POLICY_LIMIT_BYTES) {
    denied.set(resource, statements);
    const error = addToResourcePolicyOf(resource, statements, policies);
    return error && tell(protection, error, refuse);
  }
  tell(protection, new EncryptionError(ownerPath(resource), 'BucketPolicyTooLarge',
    `cannot deny uploads under another key: its policy would have about ${total} bytes with these statements, `
    + `and S3 takes ${BUCKET_POLICY_LIMIT_BYTES}. Give access by the policies of roles, or by access points, in place of naming everybody in the bucket policy.`), refuse);
}

function resolved(statements: readonly PolicyStatement[], scope: CfnResource): unknown {
  return Stack.of(scope).resolve(statements.map((statement) => statement.toJSON()));
}
