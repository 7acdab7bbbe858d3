import { partiesHaveKey } from '../../flows/checks';
import { AT_REST, Rule } from '../../rules/rule';

const NAMED = 'LogGroupName: /orders/api, ';

/** A log group under a key whose policy has the statement of AWS's guide, for some log groups. */
const allowedFor = (properties: string, operator: string, groups: string) => `
        Resources:
          Group:
            Type: AWS::Logs::LogGroup
            Properties: {${properties}KmsKeyId: !GetAtt Key.Arn}
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  - Effect: Allow
                    Principal: {Service: !Sub 'logs.\${AWS::Region}.amazonaws.com'}
                    Action: [kms:Encrypt*, kms:Decrypt*, kms:ReEncrypt*, kms:GenerateDataKey*, kms:Describe*]
                    Resource: '*'
                    Condition:
                      ${operator}: {'kms:EncryptionContext:aws:logs:arn': !Sub 'arn:aws:logs:\${AWS::Region}:\${AWS::AccountId}:${groups}'}`;

export const rule: Rule = {
  id: 'Encryption-LogsServiceHasKey',
  severity: 'error',
  guards: 'operations',
  resourceTypes: ['AWS::Logs::LogGroup'],
  info: 'The key policy of a log group must allow CloudWatch Logs to use the key for it.',
  why: 'CloudWatch Logs refuses a key that it may not use, so the deployment fails; without the permission later, events can be neither kept nor read.',
  fix: 'Allow logs.<region>.amazonaws.com the five actions, limited by the ARN of the log group in the encryption context (ServiceAccess.cloudWatchLogs).',
  see: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html#cmk-permissions',
  controls: AT_REST,
  examples: {
    wrong: {
      'a key of which the service knows nothing': `
        Resources:
          Group:
            Type: AWS::Logs::LogGroup
            Properties: {LogGroupName: /orders/api, KmsKeyId: !GetAtt Key.Arn}
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  - {Effect: Allow, Principal: {AWS: !Sub 'arn:aws:iam::\${AWS::AccountId}:root'}, Action: kms:*, Resource: '*'}`,
      'a key that is for another log group': allowedFor(NAMED, 'ArnEquals', 'log-group:/other'),
    },
    right: {
      'the statement of AWS\'s guide': allowedFor(NAMED, 'ArnEquals', 'log-group:/orders/api'),
      'all log groups of the account': allowedFor('', 'ArnLike', '*'),
    },
    notApplicable: {
      'a log group under CloudWatch\'s own key': `
        Resources:
          Group:
            Type: AWS::Logs::LogGroup
            Properties: {LogGroupName: /orders/api}`,
    },
  },
  check: partiesHaveKey('logGroup'),
};
