import { accountIn, Estate, shapeOf } from '../flows/estate';
import { byPolicy, found } from '../flows/finders';
import type { FlowDeclaration, Found, ServiceParty } from '../flows/flow';
import type { Read } from '../template/read';
import type { TemplateResource } from '../template/template';

/**
 * Regions that an account turns on itself: SNS delivers from them to other Regions with a principal of the Region.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-cross-region-delivery.html
 */
const OPT_IN = /^(af-south-1|ap-east-\d|ap-south-2|ap-southeast-[3-9]|ca-west-1|eu-central-2|eu-south-[12]|il-central-1|me-central-1|me-south-1|mx-central-1)$/;

/** SNS, for a topic whose account and Region are believed as its ARN has them. */
export function snsFor(topic: Read, to: TemplateResource): ServiceParty {
  const arn = shapeOf(topic) ?? '';
  const owner = topic.kind === 'value' ? topic.target?.owner : undefined;
  const region = owner?.surroundings.region ?? /^arn:[^:]*:sns:([a-z0-9-]+):/.exec(arn)?.[1];
  const regional = region !== undefined && OPT_IN.test(region) && region !== to.owner.surroundings.region;
  return {
    kind: 'service',
    service: regional ? `sns.${region}.amazonaws.com` : 'sns.amazonaws.com',
    account: owner?.surroundings.account ?? accountIn(arn),
    arn: /^arn:[^$]*$/.test(arn) ? arn : undefined,
  };
}

/** Subscriptions of queues, and the queues for what subscribers did not take. */
function subscriptions(estate: Estate): Found[] {
  const separate = estate.ofType('AWS::SNS::Subscription').flatMap((each) => [
    ...(each.get('Protocol').match({ value: (protocol) => protocol.is('sqs'), absent: () => false, unknown: () => true })
      ? found(estate, each, 'queue', each.get('Endpoint'), snsFor(each.get('TopicArn'), each)) : []),
    ...redriven(estate, each, each.get('RedrivePolicy'), snsFor(each.get('TopicArn'), each)),
  ]);
  const inline = estate.ofType('AWS::SNS::Topic').flatMap((topic) => topic.get('Subscription').items()
    .flatMap((each) => found(estate, topic, 'queue', each.get('Endpoint'), { kind: 'service', service: 'sns.amazonaws.com', account: topic.owner.surroundings.account })));
  return [...separate, ...inline];
}

function redriven(estate: Estate, by: TemplateResource, policy: Read, party: ServiceParty): Found[] {
  return policy.kind === 'value' ? found(estate, by, 'queue', policy.parsed().get('deadLetterTargetArn'), party) : [];
}

export const FLOWS: readonly FlowDeclaration[] = [{
  id: 'SnsToQueue',
  service: 'Amazon SNS',
  what: 'a topic delivers messages, and what a subscriber did not take',
  kind: 'queue',
  direction: 'write',
  foundBy: '`AWS::SNS::Subscription` `Endpoint` and `RedrivePolicy`, `AWS::SNS::Topic` `Subscription`; a queue policy that allows it',
  types: ['AWS::SNS::Subscription'],
  principal: '`sns.amazonaws.com`; `sns.<region>.amazonaws.com` for a topic in an opt-in Region',
  sends: '',
  needs: '`kms:GenerateDataKey*`, `kms:Decrypt` (`aws:SourceAccount`: the topic\'s)',
  becomes: 'completed',
  see: 'https://docs.aws.amazon.com/sns/latest/dg/sns-enable-encryption-for-topic-sqs-queue-subscriptions.html',
  find: (estate) => [...subscriptions(estate), ...byPolicy(estate, 'sns.amazonaws.com', 'queue')],
}];
