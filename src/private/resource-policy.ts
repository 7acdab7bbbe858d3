import { Stack } from 'aws-cdk-lib';
import type { CfnResource } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import { isShared } from './app-policies';
import { EncryptionError, ownerPath } from './errors';
import { addToDocument } from './policy-document';
import { freeSid } from './sids';

/**
 * Adds statements to the resource policy of an L1: through its L2 where it has one, so that both write one policy (S3, SQS and SNS keep only the last
 * policy that they are given). Gives the error where that is not possible.
 *
 * @param policies those that the app has for it: one that the L2 does not write is added to
 */
export function addToResourcePolicyOf(
  resource: CfnResource, statements: readonly iam.PolicyStatement[], policies: readonly CfnResource[] = [],
): EncryptionError | undefined {
  const owner = ownerWithPolicy(resource);
  statements.forEach(markOfLibrary);
  const policy = policies.some((each) => isWrittenBy(owner ?? resource, each)) ? undefined : policies[0];
  if (policy) { return addToPolicyOfApp(policy, statements, resource); }
  const target = owner ?? iam.ResourceWithPolicies.of(resource);
  if (!target) {
    throw new EncryptionError(resource.node.path, 'NoResourcePolicy',
      `a ${resource.cfnResourceType} has no resource policy that the CDK can write. Add the policy by hand.`);
  }
  statements.forEach((statement) => target.addToResourcePolicy(statement));
  return undefined;
}

type WithPolicy = Pick<iam.IResourceWithPolicyV2, 'addToResourcePolicy'> & IConstruct;

/** The L2 of an L1, where it writes a resource policy. */
function ownerWithPolicy(resource: CfnResource): WithPolicy | undefined {
  const owner = resource.node.scope;
  return owner?.node.defaultChild === resource && typeof (owner as Partial<WithPolicy>).addToResourcePolicy === 'function' ? owner as WithPolicy : undefined;
}

/** Whether the CDK writes a policy for a resource: its children have these names. */
function isWrittenBy(owner: IConstruct, policy: CfnResource): boolean {
  const { policy: own } = owner as { readonly policy?: IConstruct };
  const children = ['Policy', 'S3BucketPolicy', 'QueuePolicy', 'TopicPolicy'].flatMap((id) => owner.node.tryFindChild(id) ?? []);
  return [own, ...children].some((each) => each === policy || each?.node.defaultChild === policy);
}

function addToPolicyOfApp(policy: CfnResource, statements: readonly iam.PolicyStatement[], resource: CfnResource): EncryptionError | undefined {
  const { condition } = policy.cfnOptions;
  const isConditional = condition !== undefined && condition !== resource.cfnOptions.condition;
  const wanted = isShared(policy) ? statements.map(forAll) : statements;
  const left = isConditional ? wanted : wanted.filter((statement) => !addToDocument(policy, 'policyDocument', statement));
  if (left.length === 0) { return undefined; }
  const why = isConditional ? 'it is made under a condition, without which there would be no policy' : 'its document is a token or a text';
  const texts = left.map((statement) => JSON.stringify(Stack.of(resource).resolve(statement.toJSON())));
  return new EncryptionError(ownerPath(resource), 'ResourcePolicyNotAdded',
    `has the policy ${ownerPath(policy)}, to which nothing can be added here: ${why}. Add to it, in the code that writes it: ${texts.join(',')}`);
}

/**
 * A denial in a policy for several queues or topics: of each of them, as in AWS's example.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queuepolicy.html
 */
function forAll(statement: iam.PolicyStatement): iam.PolicyStatement {
  if (statement.effect === iam.Effect.ALLOW) { return statement; }
  const copy = statement.copy({ resources: ['*'] });
  markOfLibrary(copy);
  return copy;
}

const OF_LIBRARY = new WeakSet<iam.PolicyStatement>();

function markOfLibrary(statement: iam.PolicyStatement): void {
  OF_LIBRARY.add(statement);
}

/** Whether this library added a statement to a resource's policy: such statements come after the app's own. */
export function isOfLibrary(statement: iam.PolicyStatement): boolean {
  return OF_LIBRARY.has(statement);
}

/** The named statements of one resource policy: none twice, and no two of one name. */
export class NamedStatements {
  private readonly sids = new Set<string | undefined>();
  private readonly said = new Set<string>();

  constructor(private readonly resource: WithPolicy) {}

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
