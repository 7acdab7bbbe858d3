import type { Estate } from '../flows/estate';
import { actsFor, byPolicy, found } from '../flows/finders';
import type { FlowDeclaration, Found, Kind } from '../flows/flow';

/** What a rule sends to: its targets, and where it puts what they did not take. A target with a role sends with that. */
function sentBy(estate: Estate, kind: Kind): Found[] {
  return estate.ofType('AWS::Events::Rule').flatMap((rule) => rule.get('Targets').items().flatMap((target) => [
    ...(target.get('RoleArn').kind === 'absent' ? found(estate, rule, kind, target.get('Arn'), actsFor('events.amazonaws.com', rule)) : []),
    ...found(estate, rule, kind, target.get('DeadLetterConfig', 'Arn'), actsFor('events.amazonaws.com', rule)),
  ]));
}

const about = {
  service: 'Amazon EventBridge',
  direction: 'write' as const,
  types: ['AWS::Events::Rule'],
  principal: '`events.amazonaws.com`',
  sends: '',
  becomes: 'completed' as const,
};

export const FLOWS: readonly FlowDeclaration[] = [
  {
    ...about,
    id: 'EventBridgeToQueue',
    what: 'a rule sends events, and what its targets did not take',
    kind: 'queue',
    foundBy: '`AWS::Events::Rule` `Targets` and their `DeadLetterConfig`; a queue policy that allows it',
    needs: '`kms:GenerateDataKey*`, `kms:Decrypt`, limited by the queue\'s ARN in the encryption context: EventBridge names no source to KMS',
    see: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html#compatibility-with-aws-services',
    find: (estate) => [...sentBy(estate, 'queue'), ...byPolicy(estate, 'events.amazonaws.com', 'queue')],
  },
  {
    ...about,
    id: 'EventBridgeToTopic',
    what: 'a rule publishes events',
    kind: 'topic',
    foundBy: '`AWS::Events::Rule` `Targets`; a topic policy that allows it',
    needs: '`kms:GenerateDataKey*`, `kms:Decrypt`, limited by the topic\'s ARN in the encryption context',
    see: 'https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services',
    find: (estate) => [...sentBy(estate, 'topic'), ...byPolicy(estate, 'events.amazonaws.com', 'topic')],
  },
];
