import { CfnResource, Reference, Tokenization } from 'aws-cdk-lib';

const KEYS = ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'];

/** The L1 of the key whose ARN or id it is; `undefined` for one that is not made in this app. */
export function keyBehindArn(arn: string): CfnResource | undefined {
  const target = Tokenization.reverseString(arn).tokens.find((token) => Reference.isReference(token)) as Reference | undefined;
  const construct = target?.target;
  return construct && CfnResource.isCfnResource(construct) && KEYS.includes(construct.cfnResourceType) ? construct : undefined;
}
