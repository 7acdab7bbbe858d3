import type { CfnResource } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { has } from '../private/kinds';

/** A grant on the key of a resource: by the key's own way where it has one, else in the policy of whoever is granted it. */
export function grantOn(resource: CfnResource, key: kms.IKeyRef, grantee: iam.IGrantable, actions: readonly string[]): iam.Grant {
  if (has('grant')(key)) { return (key as unknown as kms.IKey).grant(grantee, ...actions); }
  return iam.Grant.addToPrincipal({ grantee, actions: [...actions], resourceArns: [key.keyRef.keyArn], scope: resource });
}
