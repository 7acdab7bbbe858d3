import { KEY_ACCESS, Rule } from '../../rules/rule';
import { servicesOnlyUse } from '../key-questions';

export const rule: Rule = {
  id: 'Encryption-KmsKeyServiceUsesOnly',
  severity: 'error',
  guards: 'access',
  resourceTypes: ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'],
  info: 'A key policy must not let an AWS service manage the key, or make grants for whoever uses the service.',
  why: 'No integration needs to change a key, and a service that makes grants for a stranger hands the key on.',
  fix: 'Name the actions of the integration (ServiceAccess has each service\'s statement), and limit kms:CreateGrant by aws:SourceAccount.',
  see: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html',
  controls: KEY_ACCESS,
  examples: {
    wrong: {
      'everything': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  - {Effect: Allow, Principal: {AWS: !Sub 'arn:\${AWS::Partition}:iam::\${AWS::AccountId}:root'}, Action: kms:*, Resource: '*'}
                  - Effect: Allow
                    Principal: {Service: events.amazonaws.com}
                    Action: kms:*
                    Resource: '*'`,
      'grants for whoever uses it': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  - {Effect: Allow, Principal: {AWS: !Sub 'arn:\${AWS::Partition}:iam::\${AWS::AccountId}:root'}, Action: kms:*, Resource: '*'}
                  - Effect: Allow
                    Principal: {Service: ec2.amazonaws.com}
                    Action: [kms:Decrypt, kms:CreateGrant]
                    Resource: '*'`,
      'a change of the policy': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  - {Effect: Allow, Principal: {AWS: !Sub 'arn:\${AWS::Partition}:iam::\${AWS::AccountId}:root'}, Action: kms:*, Resource: '*'}
                  - Effect: Allow
                    Principal: {Service: ec2.amazonaws.com}
                    Action: kms:PutKeyPolicy
                    Resource: '*'
                    Condition: {StringEquals: {aws:SourceAccount: !Ref AWS::AccountId}}`,
      'tags, which may decide who uses the key': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  - {Effect: Allow, Principal: {AWS: !Sub 'arn:\${AWS::Partition}:iam::\${AWS::AccountId}:root'}, Action: kms:*, Resource: '*'}
                  - Effect: Allow
                    Principal: {Service: ec2.amazonaws.com}
                    Action: kms:TagResource
                    Resource: '*'
                    Condition: {StringEquals: {aws:SourceAccount: !Ref AWS::AccountId}}`,
    },
    right: {
      'use': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  - {Effect: Allow, Principal: {AWS: !Sub 'arn:\${AWS::Partition}:iam::\${AWS::AccountId}:root'}, Action: kms:*, Resource: '*'}
                  - Effect: Allow
                    Principal: {Service: sns.amazonaws.com}
                    Action: [kms:Decrypt, kms:GenerateDataKey*]
                    Resource: '*'
                    Condition: {StringEquals: {aws:SourceAccount: !Ref AWS::AccountId}}`,
      'grants for the own account': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  - {Effect: Allow, Principal: {AWS: !Sub 'arn:\${AWS::Partition}:iam::\${AWS::AccountId}:root'}, Action: kms:*, Resource: '*'}
                  - Effect: Allow
                    Principal: {Service: rds.amazonaws.com}
                    Action: kms:CreateGrant
                    Resource: '*'
                    Condition: {StringEquals: {aws:SourceAccount: !Ref AWS::AccountId}}`,
    },
  },
  check: servicesOnlyUse,
};
