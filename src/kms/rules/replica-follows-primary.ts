import { KEY_ACCESS, Rule } from '../../rules/rule';
import { replicaAllowsWhatPrimaryDoes } from '../replica-questions';

export const rule: Rule = {
  id: 'Encryption-KmsReplicaFollowsPrimary',
  severity: 'warning',
  guards: 'access',
  resourceTypes: ['AWS::KMS::ReplicaKey'],
  info: 'The policy of a replica must be that of its primary.',
  why: 'KMS does not copy policies: who is kept out in one Region may decrypt the same data in the other.',
  fix: 'Keep the policies the same (MultiRegionKey does).',
  see: 'https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-replicate.html',
  controls: KEY_ACCESS,
  examples: {
    wrong: {
      'a condition less': `
        Resources:
          Replica:
            Type: AWS::KMS::ReplicaKey
            Properties:
              PrimaryKeyArn: {Fn::GetStackOutput: {StackName: one, OutputName: Key, Region: us-east-1}}
              KeyPolicy:
                Statement:
                  - {Effect: Allow, Principal: {AWS: !Ref AWS::AccountId}, Action: kms:*, Resource: '*'}
                  - Effect: Allow
                    Principal: {AWS: !Sub 'arn:aws:iam::\${AWS::AccountId}:role/app'}
                    Action: kms:Decrypt
                    Resource: '*'
        ---
        Metadata: {StackName: one}
        Outputs: {Key: {Value: !GetAtt Key.Arn}}
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties:
              MultiRegion: true
              KeyPolicy:
                Statement:
                  - {Effect: Allow, Principal: {AWS: !Ref AWS::AccountId}, Action: kms:*, Resource: '*'}
                  - Effect: Allow
                    Principal: {AWS: !Sub 'arn:aws:iam::\${AWS::AccountId}:role/app'}
                    Action: kms:Decrypt
                    Resource: '*'
                    Condition: {StringEquals: {kms:ViaService: s3.us-east-1.amazonaws.com}}`,
      'another role': `
        Resources:
          Replica:
            Type: AWS::KMS::ReplicaKey
            Properties:
              PrimaryKeyArn: {Fn::GetStackOutput: {StackName: one, OutputName: Key, Region: us-east-1}}
              KeyPolicy:
                Statement:
                  - {Effect: Allow, Principal: {AWS: !Ref AWS::AccountId}, Action: kms:*, Resource: '*'}
                  - Effect: Allow
                    Principal: {AWS: !Sub 'arn:aws:iam::\${AWS::AccountId}:role/other'}
                    Action: kms:Decrypt
                    Resource: '*'
                    Condition: {StringEquals: {kms:ViaService: s3.eu-west-1.amazonaws.com}}
        ---
        Metadata: {StackName: one}
        Outputs: {Key: {Value: !GetAtt Key.Arn}}
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties:
              MultiRegion: true
              KeyPolicy:
                Statement:
                  - {Effect: Allow, Principal: {AWS: !Ref AWS::AccountId}, Action: kms:*, Resource: '*'}
                  - Effect: Allow
                    Principal: {AWS: !Sub 'arn:aws:iam::\${AWS::AccountId}:role/app'}
                    Action: kms:Decrypt
                    Resource: '*'
                    Condition: {StringEquals: {kms:ViaService: s3.us-east-1.amazonaws.com}}`,
      'a statement less': `
        Resources:
          Replica:
            Type: AWS::KMS::ReplicaKey
            Properties:
              PrimaryKeyArn: {Fn::GetStackOutput: {StackName: one, OutputName: Key, Region: us-east-1}}
              KeyPolicy:
                Statement:
                  - {Effect: Allow, Principal: {AWS: !Ref AWS::AccountId}, Action: kms:*, Resource: '*'}

        ---
        Metadata: {StackName: one}
        Outputs: {Key: {Value: !GetAtt Key.Arn}}
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties:
              MultiRegion: true
              KeyPolicy:
                Statement:
                  - {Effect: Allow, Principal: {AWS: !Ref AWS::AccountId}, Action: kms:*, Resource: '*'}
                  - Effect: Allow
                    Principal: {AWS: !Sub 'arn:aws:iam::\${AWS::AccountId}:role/app'}
                    Action: kms:Decrypt
                    Resource: '*'
                    Condition: {StringEquals: {kms:ViaService: s3.us-east-1.amazonaws.com}}`,
    },
    right: {
      'the same, for the service of its own Region': `
        Resources:
          Replica:
            Type: AWS::KMS::ReplicaKey
            Properties:
              PrimaryKeyArn: {Fn::GetStackOutput: {StackName: one, OutputName: Key, Region: us-east-1}}
              KeyPolicy:
                Statement:
                  - {Effect: Allow, Principal: {AWS: !Ref AWS::AccountId}, Action: kms:*, Resource: '*'}
                  - Effect: Allow
                    Principal: {AWS: !Sub 'arn:aws:iam::\${AWS::AccountId}:role/app'}
                    Action: kms:Decrypt
                    Resource: '*'
                    Condition: {StringEquals: {kms:ViaService: s3.eu-west-1.amazonaws.com}}
        ---
        Metadata: {StackName: one}
        Outputs: {Key: {Value: !GetAtt Key.Arn}}
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties:
              MultiRegion: true
              KeyPolicy:
                Statement:
                  - {Effect: Allow, Principal: {AWS: !Ref AWS::AccountId}, Action: kms:*, Resource: '*'}
                  - Effect: Allow
                    Principal: {AWS: !Sub 'arn:aws:iam::\${AWS::AccountId}:role/app'}
                    Action: kms:Decrypt
                    Resource: '*'
                    Condition: {StringEquals: {kms:ViaService: s3.us-east-1.amazonaws.com}}`,
    },
  },
  check: replicaAllowsWhatPrimaryDoes,
};
