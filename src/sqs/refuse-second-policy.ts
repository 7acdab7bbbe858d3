import type { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { isUrlOf } from './queue-names';
import { queuesOf } from './queue-relations';
import type { Tell } from '../completion/registry';
import { refuseSecondPolicy } from '../completion/second-policy';
import { EncryptionError, ownerPath } from '../private/errors';

/**
 * Throws at synth, or tells `tell`, where a queue that this library protects has a second policy: SQS keeps the one that is written last, so plain HTTP may be
 * allowed again.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queuepolicy.html
 */
export function refuseSecondPolicyAtSynth(queue: CfnQueue, tell?: Tell): void {
  const path = ownerPath(queue);
  refuseSecondPolicy(queue, {
    types: ['AWS::SQS::QueuePolicy', 'AWS::SQS::QueueInlinePolicy'],
    isFor: (policy, resource) => queuesOf(policy).some((url) => isUrlOf(resource, url) === true),
    refusal: (policies) => new EncryptionError(path, 'QueueHasTwoPolicies', `has two policies, ${policies}: SQS keeps the one that is written last, and what the other denies is lost. `
      + 'Add the statements to the queue, `queue.addToResourcePolicy(statement)`, and take the second policy out.'),
  }, tell);
}
