import { CfnResource, Stage } from 'aws-cdk-lib';
import type { PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import { isOfLibrary } from '../private/resource-policy';

const POLICIES = ['AWS::S3::BucketPolicy', 'AWS::SQS::QueuePolicy', 'AWS::SNS::TopicPolicy'];

/**
 * The app's statements first, in their order: escape hatches name a statement by its place (`Statement.0`).
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/cfn-layer.html
 */
export function putLibraryStatementsLast(construct: IConstruct): void {
  if (CfnResource.isCfnResource(construct) && POLICIES.includes(construct.cfnResourceType)) {
    const statements = statementsOf(construct);
    const [theirs, ours] = [statements.filter((each) => !isOfLibrary(each)), statements.filter(isOfLibrary)];
    statements.splice(0, statements.length, ...theirs, ...ours);
  }
  construct.node.children.filter((child) => !Stage.isStage(child)).forEach(putLibraryStatementsLast);
}

/** The statements of a policy that an L2 writes, as the document holds them; it has no public name for them. */
export function statementsOf(policy: CfnResource): PolicyStatement[] {
  const { policyDocument } = policy as unknown as { readonly policyDocument?: PolicyDocument };
  const { statements } = (policyDocument ?? {}) as unknown as { readonly statements?: PolicyStatement[] };
  return Array.isArray(statements) ? statements : [];
}
