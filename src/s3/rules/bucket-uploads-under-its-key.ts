import { AT_REST, Rule } from '../../rules/rule';
import { uploadsComeUnderItsKey } from '../upload-questions';

/** A bucket under a key, with what its policy says. */
const bucketWith = (statements: string) => `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              BucketEncryption:
                ServerSideEncryptionConfiguration: [{ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms, KMSMasterKeyID: !GetAtt Key.Arn}}]
          Key:
            Type: AWS::KMS::Key
          Policy:
            Type: AWS::S3::BucketPolicy
            Properties:
              Bucket: !Ref Bucket
              PolicyDocument:
                Statement:${statements}`;

const deny = (condition: string, { action = 's3:PutObject', principal = '\'*\'' } = {}) => `
                  - Effect: Deny
                    Principal: ${principal}
                    Action: ${action}
                    Resource: !Sub '\${Bucket.Arn}/*'
                    Condition: ${condition}`;

const OTHER_ALGORITHM = '{\'Null\': {s3:x-amz-server-side-encryption: \'false\'}, StringNotEquals: {s3:x-amz-server-side-encryption: aws:kms}}';
const OTHER_KEY = '{\'Null\': {s3:x-amz-server-side-encryption-aws-kms-key-id: \'false\'}, ArnNotEquals: {s3:x-amz-server-side-encryption-aws-kms-key-id: !GetAtt Key.Arn}}';
const NO_KEY = '{\'Null\': {s3:x-amz-server-side-encryption-aws-kms-key-id: \'true\'}, StringEquals: {s3:x-amz-server-side-encryption: aws:kms}}';
const EXCEPT_A_ROLE = '{\'Null\': {s3:x-amz-server-side-encryption-aws-kms-key-id: \'false\'}, '
  + 'ArnNotEquals: {s3:x-amz-server-side-encryption-aws-kms-key-id: !GetAtt Key.Arn, aws:PrincipalArn: arn:aws:iam::111122223333:role/writer}}';

export const rule: Rule = {
  id: 'Encryption-S3BucketUploadsUnderItsKey',
  severity: 'warning',
  guards: 'at rest',
  resourceTypes: ['AWS::S3::Bucket'],
  info: 'A bucket under a key should deny uploads that name another key, another algorithm, or the algorithm without a key.',
  why: 'Default encryption is for uploads that name nothing. One that says aws:kms and no key is encrypted under aws/s3, which AWS manages; one that names a key of another account can be locked by it.',
  fix: 'Use EncryptedBucket, the mixin BucketEncryptionAtRest, or deny s3:PutObject by the headers, as the right example does.',
  see: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html#require-sse-kms',
  controls: AT_REST,
  examples: {
    wrong: {
      'no statement about uploads': bucketWith(deny('{Bool: {aws:SecureTransport: false}}', { action: 's3:*' })),
      'no policy': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              BucketEncryption:
                ServerSideEncryptionConfiguration: [{ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms, KMSMasterKeyID: !GetAtt Key.Arn}}]
          Key:
            Type: AWS::KMS::Key`,
      'the algorithm without a key': bucketWith(deny(OTHER_ALGORITHM) + deny(OTHER_KEY)),
      'another key': bucketWith(deny(OTHER_ALGORITHM) + deny(OTHER_KEY, { action: 's3:GetObject' }) + deny(NO_KEY)),
      'a key that the policy names, and that is not the bucket\'s': bucketWith(deny(OTHER_ALGORITHM) + deny(NO_KEY)
        + deny('{StringNotEquals: {s3:x-amz-server-side-encryption-aws-kms-key-id: arn:aws:kms:eu-west-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab}}')),
      'another algorithm': bucketWith(deny(OTHER_KEY) + deny(NO_KEY)),
      'another key, for all but one principal': bucketWith(deny(OTHER_ALGORITHM) + deny(OTHER_KEY, { principal: '{AWS: arn:aws:iam::111122223333:role/writer}' }) + deny(NO_KEY)),
    },
    right: {
      'other algorithms, other keys, and no key': bucketWith(deny(OTHER_ALGORITHM) + deny(OTHER_KEY) + deny(NO_KEY)),
      'every upload that does not name the key': bucketWith(deny('{StringNotEquals: {s3:x-amz-server-side-encryption: aws:kms}}')
        + deny('{StringNotEquals: {s3:x-amz-server-side-encryption-aws-kms-key-id: !GetAtt Key.Arn}}')),
      'but for one writer, by name': bucketWith(deny(OTHER_ALGORITHM) + deny(EXCEPT_A_ROLE) + deny(NO_KEY)),
    },
    notApplicable: {
      'a bucket under keys of S3': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              BucketEncryption: {ServerSideEncryptionConfiguration: [{ServerSideEncryptionByDefault: {SSEAlgorithm: AES256}}]}`,
    },
  },
  check: uploadsComeUnderItsKey,
};
