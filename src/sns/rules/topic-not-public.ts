import { strangersMayNothing } from '../../rules/resource-policies';
import { DATA_ACCESS, Rule } from '../../rules/rule';
import { TOPIC_POLICY } from '../policy-questions';

export const rule: Rule = {
  id: 'Encryption-SnsTopicNotPublic',
  severity: 'error',
  guards: 'access',
  resourceTypes: ['AWS::SNS::TopicPolicy', 'AWS::SNS::TopicInlinePolicy'],
  info: 'A topic policy must not allow everybody.',
  why: 'Whoever may subscribe reads what is published, decrypted by SNS; whoever may publish sends to all subscribers.',
  fix: 'Name principals, or limit by aws:PrincipalOrgID, aws:SourceAccount or aws:SourceVpce.',
  see: 'https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html',
  controls: { fsbp: ['SNS.4'], ...DATA_ACCESS },
  examples: {
    wrong: {
      'everybody': `
        Resources:
          Policy:
            Type: AWS::SNS::TopicPolicy
            Properties:
              Topics: [arn:aws:sns:eu-west-1:111122223333:orders]
              PolicyDocument:
                Statement:
                  - {Effect: Allow, Principal: '*', Action: sns:Publish, Resource: arn:aws:sns:eu-west-1:111122223333:orders}`,
      'everybody with a tag of their own': `
        Resources:
          Policy:
            Type: AWS::SNS::TopicPolicy
            Properties:
              Topics: [arn:aws:sns:eu-west-1:111122223333:orders]
              PolicyDocument:
                Statement:
                  - {Effect: Allow, Principal: '*', Action: sns:Publish, Resource: arn:aws:sns:eu-west-1:111122223333:orders, Condition: {StringEquals: {aws:PrincipalTag/team: orders}}}`,
    },
    right: {
      'everybody of an organization': `
        Resources:
          Policy:
            Type: AWS::SNS::TopicPolicy
            Properties:
              Topics: [arn:aws:sns:eu-west-1:111122223333:orders]
              PolicyDocument:
                Statement:
                  - {Effect: Allow, Principal: '*', Action: sns:Publish, Resource: arn:aws:sns:eu-west-1:111122223333:orders, Condition: {StringEquals: {aws:PrincipalOrgID: o-a1b2c3d4e5}}}`,
      'the own account': `
        Resources:
          Policy:
            Type: AWS::SNS::TopicPolicy
            Properties:
              Topics: [arn:aws:sns:eu-west-1:111122223333:orders]
              PolicyDocument:
                Statement:
                  - {Effect: Allow, Principal: {AWS: !Ref AWS::AccountId}, Action: sns:Publish, Resource: arn:aws:sns:eu-west-1:111122223333:orders}`,
    },
    undetermined: {
      'a principal by parameter': `
        Parameters:
          Who: {Type: String}
        Resources:
          Policy:
            Type: AWS::SNS::TopicPolicy
            Properties:
              Topics: [arn:aws:sns:eu-west-1:111122223333:orders]
              PolicyDocument:
                Statement:
                  - {Effect: Allow, Principal: {AWS: !Ref Who}, Action: sns:Publish, Resource: arn:aws:sns:eu-west-1:111122223333:orders}`,
    },
  },
  check: strangersMayNothing(TOPIC_POLICY),
};
