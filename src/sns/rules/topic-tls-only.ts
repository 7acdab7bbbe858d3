import { IN_TRANSIT, Rule } from '../../rules/rule';
import { publishesOverTlsOnly } from '../topic-tls';

/** A topic whose policy denies what is written; publishing over plain HTTP to everybody unless said otherwise. */
const topicWith = ({ principal = '\'*\'', action = 'sns:Publish', resource = '!Ref Topic', condition = '{Bool: {aws:SecureTransport: false}}' }) => `
        Resources:
          Topic:
            Type: AWS::SNS::Topic
          Policy:
            Type: AWS::SNS::TopicPolicy
            Properties:
              Topics: [!Ref Topic]
              PolicyDocument:
                Statement:
                  - Effect: Deny
                    Principal: ${principal}
                    Action: ${action}
                    Resource: ${resource}
                    Condition: ${condition}`;

export const rule: Rule = {
  id: 'Encryption-SnsTopicTlsOnly',
  severity: 'warning',
  guards: 'in transit',
  resourceTypes: ['AWS::SNS::Topic'],
  info: 'A topic should deny whatever is published over plain HTTP.',
  why: 'SNS also answers plain HTTP, where messages and signatures can be read in transit.',
  fix: 'Deny sns:Publish where aws:SecureTransport is false (enforceSSL: true does).',
  see: 'https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html#enforce-encryption-data-in-transit',
  controls: IN_TRANSIT,
  examples: {
    wrong: {
      'no policy': `
        Resources:
          Topic:
            Type: AWS::SNS::Topic`,
      'one principal only': topicWith({ principal: '{AWS: arn:aws:iam::111122223333:root}' }),
      'reading its settings only': topicWith({ action: 'sns:GetTopicAttributes' }),
      'another topic': topicWith({ resource: 'arn:aws:sns:eu-west-1:111122223333:other' }),
      'a condition beside it that narrows it': topicWith({ condition: '{Bool: {aws:SecureTransport: \'false\'}, StringEquals: {aws:SourceVpc: vpc-1}}' }),
    },
    right: {
      'publishing': topicWith({}),
      'every action, by a star': topicWith({ action: 'sns:*', resource: '\'*\'' }),
      'unless it is over TLS': topicWith({ condition: '{BoolIfExists: {aws:SecureTransport: \'false\'}}' }),
    },
  },
  check: publishesOverTlsOnly,
};
