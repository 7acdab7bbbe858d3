import { CfnResource, Stage } from 'aws-cdk-lib';
import type { PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import { isOfLibrary } from '../private/resource-policy';

const POLICIES = ['AWS::S3::BucketPolicy', 'AWS::SQS::QueuePolicy'];

/**
 * The app's statements first, in their order: escape hatches name a statement by its place (`Statement.0`).
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/cfn-layer.html
 */
export function putLibraryStatementsLast(construct: IConstruct): void {
  if (CfnResource.isCfnResource(construct) && POLICIES.includes(construct.cfnResourceType)) {
    const { statements } = ((construct as unknown as { policyDocument?: PolicyDocument }).policyDocument ?? {}) as unknown as { statements?: PolicyStatement[] };
    if (Array.isArray(statements)) {
      const [theirs, ours] = [statements.filter((each) => !isOfLibrary(each)), statements.filter(isOfLibrary)];
      statements.splice(0, statements.length, ...theirs, ...ours);
    }
  }
  construct.node.children.filter((child) => !Stage.isStage(child)).forEach(putLibraryStatementsLast);
}
