import { KEY_ACCESS, Rule } from '../../rules/rule';
import { decryptsWithNamedKeysOnly } from '../identity-questions';

export const rule: Rule = {
  id: 'Encryption-IamDecryptNamedKeysOnly',
  severity: 'error',
  guards: 'access',
  resourceTypes: ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::Role', 'AWS::IAM::User', 'AWS::IAM::Group', 'AWS::IAM::RolePolicy', 'AWS::IAM::UserPolicy',
    'AWS::IAM::GroupPolicy', 'AWS::SSO::PermissionSet', 'AWS::Serverless::Function', 'AWS::Serverless::StateMachine'],
  info: 'An IAM policy must allow decryption with named keys only.',
  why: 'kms:Decrypt on all keys opens every data set of the account to whoever has the policy.',
  fix: 'Name the keys in Resource, or limit by kms:ViaService, kms:ResourceAliases or the encryption context.',
  see: 'https://docs.aws.amazon.com/securityhub/latest/userguide/kms-controls.html',
  controls: { fsbp: ['KMS.1', 'KMS.2'], ...KEY_ACCESS },
  examples: {
    wrong: {
      'all keys': `
        Resources:
          Policy:
            Type: AWS::IAM::Policy
            Properties:
              PolicyName: p
              PolicyDocument:
                Statement: [{Effect: Allow, Action: [kms:Decrypt, s3:GetObject], Resource: '*'}]`,
      'all keys of an account, by a pattern': `
        Resources:
          Policy:
            Type: AWS::IAM::Policy
            Properties:
              PolicyName: p
              PolicyDocument:
                Statement:
                  Effect: Allow
                  Action: kms:De*
                  Resource: !Sub 'arn:\${AWS::Partition}:kms:\${AWS::Region}:\${AWS::AccountId}:key/*'`,
      'a function of SAM, all keys': `
        Resources:
          Function:
            Type: AWS::Serverless::Function
            Properties: {Policies: [{Statement: [{Effect: Allow, Action: kms:Decrypt, Resource: '*'}]}]}`,
      'a policy template of SAM, for all keys': `
        Resources:
          Function:
            Type: AWS::Serverless::Function
            Properties: {Policies: [KMSDecryptPolicy: {KeyId: '*'}]}`,
      'keys by the end of their id': `
        Resources:
          Policy:
            Type: AWS::IAM::ManagedPolicy
            Properties:
              PolicyDocument: {Statement: [{Effect: Allow, Action: kms:Decrypt, Resource: 'arn:aws:kms:eu-west-1:111122223333:key/*a'}]}`,
      'every action but one of KMS': `
        Resources:
          Policy:
            Type: AWS::IAM::ManagedPolicy
            Properties:
              PolicyDocument: {Statement: [{Effect: Allow, NotAction: kms:Encrypt, Resource: '*'}]}`,
      'in a role': `
        Resources:
          Role:
            Type: AWS::IAM::Role
            Properties:
              Policies:
                - PolicyName: p
                  PolicyDocument: {Statement: [{Effect: Allow, Action: kms:*, Resource: '*'}]}`,
    },
    right: {
      'one key': `
        Resources:
          Policy:
            Type: AWS::IAM::Policy
            Properties:
              PolicyName: p
              PolicyDocument: {Statement: [{Effect: Allow, Action: kms:Decrypt, Resource: !GetAtt Key.Arn}]}`,
      'one multi-Region key in each Region': `
        Resources:
          Policy:
            Type: AWS::IAM::ManagedPolicy
            Properties:
              PolicyDocument: {Statement: [{Effect: Allow, Action: kms:Decrypt, Resource: 'arn:aws:kms:*:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab'}]}`,
      'all keys through one service': `
        Resources:
          Policy:
            Type: AWS::IAM::Policy
            Properties:
              PolicyName: p
              PolicyDocument:
                Statement:
                  - Effect: Allow
                    Action: kms:Decrypt
                    Resource: '*'
                    Condition: {StringEquals: {kms:ViaService: s3.eu-west-1.amazonaws.com}}`,
      'a function of SAM': `
        Resources:
          Function:
            Type: AWS::Serverless::Function
            Properties:
              Policies:
                - AWSLambdaBasicExecutionRole
                - {Statement: [{Effect: Allow, Action: kms:Decrypt, Resource: !GetAtt Key.Arn}]}`,
      'a policy template of SAM, for one key': `
        Resources:
          Function:
            Type: AWS::Serverless::Function
            Properties: {Policies: [AWSLambdaBasicExecutionRole, KMSDecryptPolicy: {KeyId: !Ref Key}]}
          Key:
            Type: AWS::KMS::Key`,
      'what does not read': `
        Resources:
          Policy:
            Type: AWS::IAM::Policy
            Properties:
              PolicyName: p
              PolicyDocument:
                Statement: [{Effect: Allow, Action: [kms:ListKeys, kms:Describe*], Resource: '*'}]`,
    },
  },
  check: decryptsWithNamedKeysOnly,
};
