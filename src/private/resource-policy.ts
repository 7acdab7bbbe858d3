import { Stack } from 'aws-cdk-lib';
import type { CfnResource } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import { EncryptionError } from './errors';
import { freeSid } from './sids';

/**
 * Adds statements to the resource policy of an L1: through its L2 where it has one, so that both write one policy (S3 and
 * SQS keep only the last policy that they are given).
 */
export function addToResourcePolicyOf(resource: CfnResource, ...statements: iam.PolicyStatement[]): void {
  const owner = resource.node.scope;
  const l2 = owner?.node.defaultChild === resource && hasResourcePolicy(owner) ? owner : undefined;
  const target = l2 ?? iam.ResourceWithPolicies.of(resource);
  if (!target) {
    throw new EncryptionError(resource.node.path, 'NoResourcePolicy',
      `a ${resource.cfnResourceType} has no resource policy that the CDK can write. Add the policy by hand.`);
  }
  for (const statement of statements) {
    markOfLibrary(statement);
    target.addToResourcePolicy(statement);
  }
}

const OF_LIBRARY = new WeakSet<iam.PolicyStatement>();

export function markOfLibrary(statement: iam.PolicyStatement): void {
  OF_LIBRARY.add(statement);
}

/** Whether this library added a statement to a resource's policy: such statements come after the app's own. */
export function isOfLibrary(statement: iam.PolicyStatement): boolean {
  return OF_LIBRARY.has(statement);
}

function hasResourcePolicy(construct: object): construct is Pick<iam.IResourceWithPolicyV2, 'addToResourcePolicy'> {
  return typeof (construct as Partial<iam.IResourceWithPolicyV2>).addToResourcePolicy === 'function';
}

/** The named statements of one resource policy: none twice, and no two of one name. */
export class NamedStatements {
  private readonly sids = new Set<string | undefined>();
  private readonly said = new Set<string>();

  constructor(private readonly resource: Pick<iam.IResourceWithPolicyV2, 'addToResourcePolicy'> & IConstruct) {}

  /** Adds a statement, unless it is there. */
  public add(statement: iam.PolicyStatement): void {
    const text = JSON.stringify(Stack.of(this.resource).resolve(statement.toJSON()));
    if (this.said.has(text)) { return; }
    this.said.add(text);
    const named = statement.sid === undefined ? statement : statement.copy({ sid: freeSid(statement.sid, this.sids) });
    this.sids.add(named.sid);
    this.resource.addToResourcePolicy(named);
  }
}
