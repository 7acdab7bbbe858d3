import { actsFor, byPolicy, found } from '../flows/finders';
import type { FlowDeclaration } from '../flows/flow';

export const FLOWS: readonly FlowDeclaration[] = [{
  id: 'AlarmToTopic',
  service: 'Amazon CloudWatch',
  what: 'an alarm publishes its states',
  kind: 'topic',
  direction: 'write',
  foundBy: '`AWS::CloudWatch::Alarm` and `AWS::CloudWatch::CompositeAlarm` `AlarmActions`, `OKActions`, `InsufficientDataActions`; a topic policy that allows it',
  types: ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm'],
  principal: '`cloudwatch.amazonaws.com`',
  sends: '',
  needs: '`kms:GenerateDataKey*`, `kms:Decrypt` (`aws:SourceAccount`)',
  becomes: 'completed',
  see: 'https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services',
  find: (estate) => [
    ...estate.ofType('AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm').flatMap((alarm) => ['AlarmActions', 'OKActions', 'InsufficientDataActions']
      .flatMap((property) => found(estate, alarm, 'topic', alarm.get(property), actsFor('cloudwatch.amazonaws.com', alarm)))),
    ...byPolicy(estate, 'cloudwatch.amazonaws.com', 'topic'),
  ],
}];
