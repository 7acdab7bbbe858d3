import { identitiesHaveKey } from '../../flows/checks';
import { AT_REST, Rule } from '../../rules/rule';

export const rule: Rule = {
  id: 'Encryption-IamPolicyHasKey',
  severity: 'warning',
  guards: 'operations',
  resourceTypes: [
    'AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::RolePolicy', 'AWS::IAM::UserPolicy', 'AWS::IAM::GroupPolicy', 'AWS::IAM::Role', 'AWS::IAM::User', 'AWS::IAM::Group',
  ],
  info: 'Whoever may write to or read from a bucket, queue or topic should be allowed to use its key.',
  why: 'Without the key every request is denied, although the policy seems to allow it.',
  fix: 'Add to the policy the statement that the finding shows; grants of the CDK on the bucket, queue or key do so.',
  see: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html',
  controls: AT_REST,
  examples: {
    wrong: {
      'a role that reads objects and does not have the key': `
        Resources:
          Policy:
            Type: AWS::IAM::Policy
            Properties:
              Roles: [!Ref Role]
              PolicyDocument:
                Statement:
                  - {Effect: Allow, Action: s3:GetObject, Resource: !Sub '\${Bucket.Arn}/*'}
          Role:
            Type: AWS::IAM::Role
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              BucketEncryption:
                ServerSideEncryptionConfiguration:
                  - {ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms, KMSMasterKeyID: !GetAtt Key.Arn}}
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  - {Effect: Allow, Principal: {AWS: !Sub 'arn:aws:iam::\${AWS::AccountId}:root'}, Action: kms:*, Resource: '*'}`,
    },
    right: {
      'a role that has the key, through S3 only': `
        Resources:
          Policy:
            Type: AWS::IAM::Policy
            Properties:
              Roles: [!Ref Role]
              PolicyDocument:
                Statement:
                  - {Effect: Allow, Action: s3:GetObject, Resource: !Sub '\${Bucket.Arn}/*'}
                  - Effect: Allow
                    Action: kms:Decrypt
                    Resource: !GetAtt Key.Arn
                    Condition: {StringEquals: {kms:ViaService: !Sub 's3.\${AWS::Region}.amazonaws.com'}}
          Role:
            Type: AWS::IAM::Role
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              BucketEncryption:
                ServerSideEncryptionConfiguration:
                  - {ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms, KMSMasterKeyID: !GetAtt Key.Arn}}
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  - {Effect: Allow, Principal: {AWS: !Sub 'arn:aws:iam::\${AWS::AccountId}:root'}, Action: kms:*, Resource: '*'}`,
    },
    undetermined: {
      'a role that has a managed policy from elsewhere too': `
        Resources:
          Policy:
            Type: AWS::IAM::Policy
            Properties:
              Roles: [!Ref Role]
              PolicyDocument:
                Statement:
                  - {Effect: Allow, Action: s3:GetObject, Resource: !Sub '\${Bucket.Arn}/*'}
          Role:
            Type: AWS::IAM::Role
            Properties: {ManagedPolicyArns: ['arn:aws:iam::aws:policy/PowerUserAccess']}
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              BucketEncryption:
                ServerSideEncryptionConfiguration:
                  - {ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms, KMSMasterKeyID: !GetAtt Key.Arn}}
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  - {Effect: Allow, Principal: {AWS: !Sub 'arn:aws:iam::\${AWS::AccountId}:root'}, Action: kms:*, Resource: '*'}`,
    },
    notApplicable: {
      'a policy that names nothing that is encrypted under a key of the template': `
        Resources:
          Policy:
            Type: AWS::IAM::Policy
            Properties:
              Roles: [!Ref Role]
              PolicyDocument:
                Statement:
                  - {Effect: Allow, Action: s3:GetObject, Resource: !Sub '\${Bucket.Arn}/*'}
          Role:
            Type: AWS::IAM::Role
          Bucket:
            Type: AWS::S3::Bucket`,
    },
  },
  check: identitiesHaveKey,
};
