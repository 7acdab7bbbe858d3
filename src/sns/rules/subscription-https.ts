import { fail, IN_TRANSIT, NOT_APPLICABLE, PASS, Rule, undetermined, Verdict } from '../../rules/rule';
import type { Read } from '../../template/read';

const inTheClear = (protocol: Read): Verdict => protocol.literal().match<Verdict>({
  value: (value) => (value.is('http') ? fail('it delivers over plain HTTP') : PASS),
  absent: () => PASS,
  unknown: ({ where, reason }) => undetermined(`${where}: ${reason}`),
});

export const rule: Rule = {
  id: 'Encryption-SnsSubscriptionHttps',
  severity: 'error',
  guards: 'in transit',
  resourceTypes: ['AWS::SNS::Subscription', 'AWS::SNS::Topic'],
  info: 'A subscription must not deliver over plain HTTP.',
  why: 'SNS decrypts what it delivers: over HTTP everybody on the way reads the messages, whatever key the topic has.',
  fix: 'Set Protocol to https and give an endpoint with https://, or subscribe a queue or a function.',
  see: 'https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html#enforce-encryption-data-in-transit',
  controls: IN_TRANSIT,
  examples: {
    wrong: {
      'an endpoint over HTTP': `
        Resources:
          Subscription:
            Type: AWS::SNS::Subscription
            Properties: {TopicArn: !Ref Topic, Protocol: http, Endpoint: 'http://example.com/orders'}
          Topic:
            Type: AWS::SNS::Topic`,
      'in the topic itself': `
        Resources:
          Topic:
            Type: AWS::SNS::Topic
            Properties:
              Subscription:
                - {Protocol: email, Endpoint: ops@example.com}
                - {Protocol: http, Endpoint: 'http://example.com/orders'}`,
    },
    right: {
      'an endpoint over HTTPS': `
        Resources:
          Subscription:
            Type: AWS::SNS::Subscription
            Properties: {TopicArn: !Ref Topic, Protocol: https, Endpoint: 'https://example.com/orders'}
          Topic:
            Type: AWS::SNS::Topic`,
      'a queue': `
        Resources:
          Subscription:
            Type: AWS::SNS::Subscription
            Properties: {TopicArn: !Ref Topic, Protocol: sqs, Endpoint: !GetAtt Queue.Arn}
          Queue:
            Type: AWS::SQS::Queue
          Topic:
            Type: AWS::SNS::Topic`,
    },
    undetermined: {
      'a protocol that a parameter says': `
        Parameters:
          Protocol: {Type: String}
        Resources:
          Subscription:
            Type: AWS::SNS::Subscription
            Properties: {TopicArn: !Ref Topic, Protocol: !Ref Protocol, Endpoint: example.com}
          Topic:
            Type: AWS::SNS::Topic`,
    },
    notApplicable: {
      'a topic without subscriptions of its own': `
        Resources:
          Topic:
            Type: AWS::SNS::Topic`,
    },
  },
  check: (resource) => {
    if (resource.type === 'AWS::SNS::Subscription') { return inTheClear(resource.get('Protocol')); }
    const verdicts = resource.get('Subscription').items().map((each) => inTheClear(each.get('Protocol')));
    return verdicts.find(({ kind }) => kind === 'fail') ?? verdicts.find(({ kind }) => kind === 'undetermined') ?? verdicts[0] ?? NOT_APPLICABLE;
  },
};
