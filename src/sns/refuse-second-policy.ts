import type { CfnTopic } from 'aws-cdk-lib/aws-sns';
import { topicsOf } from './topic-relations';
import type { Tell } from '../completion/registry';
import { refuseSecondPolicy } from '../completion/second-policy';
import { EncryptionError, ownerPath } from '../private/errors';

/**
 * Throws at synth, or tells `tell`, where a topic that this library protects has a second policy: SNS keeps the one that is written last, so plain HTTP may be
 * allowed again.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-topicpolicy.html
 */
export function refuseSecondPolicyAtSynth(topic: CfnTopic, tell?: Tell): void {
  const path = ownerPath(topic);
  refuseSecondPolicy(topic, {
    types: ['AWS::SNS::TopicPolicy', 'AWS::SNS::TopicInlinePolicy'],
    isFor: (policy, resource, estate) => topicsOf(policy).some((arn) => estate.one('topic', arn, policy.owner) === resource),
    refusal: (policies) => new EncryptionError(path, 'TopicHasTwoPolicies', `has the policies ${policies}, and SNS keeps only the last one that it is given. `
      + 'Use `topic.addToResourcePolicy(…)` in place of `sns.TopicPolicy`.'),
  }, tell);
}
