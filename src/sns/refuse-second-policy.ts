import type { CfnTopic } from 'aws-cdk-lib/aws-sns';
import { topicsOf } from './topic-relations';
import { Completion, Tell } from '../completion/registry';
import { nameOf } from '../flows/flow';
import { EncryptionError, ownerPath } from '../private/errors';

const POLICIES = ['AWS::SNS::TopicPolicy', 'AWS::SNS::TopicInlinePolicy'];

/**
 * Throws at synth, or tells `tell`, where a topic that this library protects has a second policy: SNS keeps the one that is written last, so plain HTTP may be
 * allowed again.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-topicpolicy.html
 */
export function refuseSecondPolicyAtSynth(topic: CfnTopic, tell?: Tell): void {
  const path = ownerPath(topic);
  Completion.of(topic).question(topic, {
    types: POLICIES,
    tell,
    ask: (resource, { estate }) => {
      const policies = estate.ofType(...POLICIES).filter((policy) => topicsOf(policy).some((arn) => estate.one('topic', arn, policy.owner) === resource)).map(nameOf);
      return policies.length < 2 ? undefined : new EncryptionError(path, 'TopicHasTwoPolicies', `has the policies ${policies.join(' and ')}, and SNS keeps only the last one that it is given. `
        + 'Use `topic.addToResourcePolicy(…)` in place of `sns.TopicPolicy`.');
    },
  });
}
