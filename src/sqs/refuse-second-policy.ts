import type { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { isUrlOf } from './queue-names';
import { queuesOf } from './queue-relations';
import { Completion, Tell } from '../completion/registry';
import { nameOf } from '../flows/flow';
import { EncryptionError, ownerPath } from '../private/errors';

const POLICIES = ['AWS::SQS::QueuePolicy', 'AWS::SQS::QueueInlinePolicy'];

/**
 * Throws at synth, or tells `tell`, where a queue that this library protects has a second policy: SQS keeps the one that is written last, so plain HTTP may be
 * allowed again.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queuepolicy.html
 */
export function refuseSecondPolicyAtSynth(queue: CfnQueue, tell?: Tell): void {
  const path = ownerPath(queue);
  Completion.of(queue).question(queue, {
    tell,
    types: POLICIES,
    ask: (resource, { estate }) => {
      const own = estate.ofType(...POLICIES).filter((policy) => queuesOf(policy).some((url) => isUrlOf(resource, url) === true));
      const policies = own.map(nameOf);
      return policies.length < 2 ? undefined : new EncryptionError(path, 'QueueHasTwoPolicies', `has two policies, ${policies.join(' and ')}: SQS keeps the one that is written last, and what the other denies is lost. `
        + 'Add the statements to the queue, `queue.addToResourcePolicy(statement)`, and take the second policy out.');
    },
  });
}
