import { KEY_ACCESS, Rule } from '../../rules/rule';
import { grantsAreLimited } from '../key-questions';

export const rule: Rule = {
  id: 'Encryption-KmsKeyGrantsLimited',
  severity: 'warning',
  guards: 'access',
  resourceTypes: ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'],
  info: 'A key policy must allow kms:CreateGrant for AWS resources only.',
  why: 'A grant allows somebody else to use the key, and no policy shows it.',
  fix: 'Add the condition kms:GrantIsForAWSResource, or kms:ViaService.',
  see: 'https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-grant-is-for-aws-resource',
  controls: KEY_ACCESS,
  examples: {
    wrong: {
      'without a condition': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  - Effect: Allow
                    Principal: {AWS: arn:aws:iam::111122223333:role/A}
                    Action: [kms:CreateGrant, kms:ListGrants]
                    Resource: '*'`,
      'by a star': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  - Effect: Allow
                    Principal: {AWS: arn:aws:iam::111122223333:role/A}
                    Action: kms:*
                    Resource: '*'`,
    },
    right: {
      'for AWS resources': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  - Effect: Allow
                    Principal: {AWS: arn:aws:iam::111122223333:role/A}
                    Action: kms:CreateGrant
                    Resource: '*'
                    Condition: {Bool: {kms:GrantIsForAWSResource: true}}`,
      'no grants at all': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  - Effect: Allow
                    Principal: {AWS: arn:aws:iam::111122223333:role/Admin}
                    Action: [kms:Put*, kms:ScheduleKeyDeletion]
                    Resource: '*'
                  - Effect: Allow
                    Principal: {AWS: arn:aws:iam::111122223333:role/App}
                    Action: [kms:Decrypt, kms:GenerateDataKey*]
                    Resource: '*'`,
    },
  },
  check: grantsAreLimited,
};
