import { KEY_ACCESS, Rule } from '../../rules/rule';
import { servicesActForOurs } from '../key-questions';

export const rule: Rule = {
  id: 'Encryption-KmsKeyServiceSource',
  severity: 'warning',
  guards: 'access',
  resourceTypes: ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'],
  info: 'A key policy must say for whom an AWS service acts.',
  why: 'Without a source condition somebody else\'s bucket or topic can have the service use the key (confused deputy).',
  fix: 'Add aws:SourceAccount, aws:SourceArn or the encryption context (ServiceAccess has each service\'s statement).',
  see: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html',
  controls: KEY_ACCESS,
  examples: {
    wrong: {
      'for anybody': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  - Effect: Allow
                    Principal: {Service: s3.amazonaws.com}
                    Action: [kms:Decrypt, kms:GenerateDataKey*]
                    Resource: '*'`,
      'a condition that a star fills': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  - Effect: Allow
                    Principal: {Service: sns.amazonaws.com}
                    Action: kms:*
                    Resource: '*'
                    Condition: {StringLike: {aws:SourceArn: '*'}}`,
    },
    right: {
      'for one account': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  - Effect: Allow
                    Principal: {Service: s3.amazonaws.com}
                    Action: [kms:Decrypt, kms:GenerateDataKey*]
                    Resource: '*'
                    Condition: {StringEquals: {aws:SourceAccount: !Ref AWS::AccountId}}`,
      'for one topic': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  - Effect: Allow
                    Principal: {Service: sns.amazonaws.com}
                    Action: kms:Decrypt
                    Resource: '*'
                    Condition: {ArnLike: {aws:SourceArn: !Ref Topic}}`,
      'EventBridge, which passes none': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  - Effect: Allow
                    Principal: {Service: events.amazonaws.com}
                    Action: [kms:Decrypt, kms:GenerateDataKey]
                    Resource: '*'`,
    },
  },
  check: servicesActForOurs,
};
