import { Resource, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct, IConstruct } from 'constructs';

/**
 * The principal as a replica's stack can name it too: a role or user of the key's own stack by the attribute of its L1.
 *
 * The L2's ARN is a text that changes with the stack that reads it, and an error in another Region unless the role has a
 * name; the attribute is a plain reference, which the replica's stack reads by `Fn::GetStackOutput`. In the key's own
 * stack both render the same.
 */
export function localPrincipal(scope: IConstruct, principal: iam.IPrincipal): iam.IPrincipal {
  const construct: unknown = principal;
  if (!Construct.isConstruct(construct) || !Resource.isOwnedResource(construct) || Stack.of(construct) !== Stack.of(scope)) { return principal; }
  const resource: unknown = construct.node.defaultChild;
  return iam.CfnRole.isCfnRole(resource) || iam.CfnUser.isCfnUser(resource) ? new iam.ArnPrincipal(resource.attrArn) : principal;
}

/** A statement whose principals are all such. */
export function withLocalPrincipals(scope: IConstruct, statement: iam.PolicyStatement): iam.PolicyStatement {
  const principals = statement.principals.map((principal) => localPrincipal(scope, principal));
  const changed = principals.some((principal, index) => principal !== statement.principals[index]);
  return changed ? statement.copy({ principals }) : statement;
}
