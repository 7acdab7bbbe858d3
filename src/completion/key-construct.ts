import { CfnResource, Reference, Tokenization } from 'aws-cdk-lib';
import type { Protection } from './protection';
import type { StageModel } from './read-stage';
import { keyOf, TargetKey } from '../flows/keys';
import { knownAtSynth } from '../private/tokens';

const KEYS = ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'];

/** The L1 of the key whose ARN or id it is; `undefined` for one that is not made in this app. */
export function keyBehindArn(arn: string): CfnResource | undefined {
  const target = Tokenization.reverseString(arn).tokens.find((token) => Reference.isReference(token)) as Reference | undefined;
  const construct = target?.target;
  return construct && CfnResource.isCfnResource(construct) && KEYS.includes(construct.cfnResourceType) ? construct : undefined;
}

/** The key under which something is protected; by an alias too. */
export function keyUnder({ resource, kind, keyArn }: Protection, model: StageModel): TargetKey {
  const construct = keyBehindArn(keyArn());
  const target = model.resourceOf(resource);
  const key = construct ? model.resourceOf(construct) : target && keyOf(model.estate, target, kind)?.resource;
  return { resource: key, text: knownAtSynth(keyArn()) };
}
