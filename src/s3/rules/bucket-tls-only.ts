import { IN_TRANSIT, Rule } from '../../rules/rule';
import { answersOverTlsOnly } from '../tls-checks';

/** A bucket whose policy denies what is written; plain HTTP to everybody unless said otherwise. */
const bucketWith = ({ principal = '\'*\'', action = 's3:*', resource = '\'*\'', condition = '{Bool: {aws:SecureTransport: false}}' }) => `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties: {}
          P:
            Type: AWS::S3::BucketPolicy
            Properties:
              Bucket: !Ref Bucket
              PolicyDocument:
                Statement:
                  - Effect: Deny
                    Principal: ${principal}
                    Action: ${action}
                    Resource: ${resource}
                    Condition: ${condition}`;

const BOTH = '[!GetAtt Bucket.Arn, !Sub \'${Bucket.Arn}/*\']';

/** A policy that denies plain HTTP, of a bucket that is not in the template. */
const policyOf = (bucket: string, resources: string, more = '') => `${more}
        Resources:
          Policy:
            Type: AWS::S3::BucketPolicy
            Properties:
              Bucket: ${bucket}
              PolicyDocument:
                Statement:
                  - {Effect: Deny, Principal: '*', Action: s3:*, Resource: ${resources}, Condition: {Bool: {aws:SecureTransport: false}}}`;

const NAME = `
        Parameters:
          Name: {Type: String}`;

export const rule: Rule = {
  id: 'Encryption-S3BucketTlsOnly',
  severity: 'error',
  guards: 'in transit',
  resourceTypes: ['AWS::S3::Bucket', 'AWS::S3::BucketPolicy'],
  info: 'A bucket must deny every request that does not come over TLS.',
  why: 'S3 also answers plain HTTP, where objects and signatures can be read in transit.',
  fix: 'Use EncryptedBucket, the mixin BucketTlsOnly, or enforceSSL: true.',
  see: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html#transit',
  controls: { fsbp: ['S3.5'], controlTower: ['CT.S3.PR.8'], ...IN_TRANSIT, cis: ['2.1.1'] },
  examples: {
    wrong: {
      'no policy': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties: {}`,
      'mentioned, but true': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
          P:
            Type: AWS::S3::BucketPolicy
            Properties:
              Bucket: !Ref Bucket
              PolicyDocument:
                Statement:
                  - Effect: Deny
                    Principal: '*'
                    Action: s3:*
                    Resource: '*'
                    Condition: {Bool: {aws:SecureTransport: 'true'}}`,
      'the bucket, and not its objects': bucketWith({ resource: '!GetAtt Bucket.Arn' }),
      'objects, and not the bucket': bucketWith({ resource: '!Sub \'${Bucket.Arn}/*\'' }),
      'reading only': bucketWith({ action: 's3:GetObject', resource: BOTH }),
      'one principal only': bucketWith({ principal: '{AWS: arn:aws:iam::111122223333:root}', resource: '\'*\'' }),
      'a condition beside it that narrows it': bucketWith({ resource: '\'*\'', condition: '{Bool: {aws:SecureTransport: \'false\'}, StringEquals: {aws:SourceVpc: vpc-1}}' }),
      'an Allow with TLS, which denies nothing': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties: {}
          P:
            Type: AWS::S3::BucketPolicy
            Properties:
              Bucket: !Ref Bucket
              PolicyDocument:
                Statement:
                  - Effect: Allow
                    Principal: '*'
                    Action: s3:*
                    Resource: '*'
                    Condition: {Bool: {aws:SecureTransport: 'true'}}`,
      'a policy that speaks of another bucket than its own': policyOf('orders', '[arn:aws:s3:::payments, arn:aws:s3:::payments/*]'),
      'a policy of a bucket from elsewhere, for its objects only': policyOf('orders', 'arn:aws:s3:::orders/*'),
      'a policy by parameter, for the objects only': policyOf('!Ref Name', '!Sub \'arn:aws:s3:::${Name}/*\'', NAME),
    },
    right: {
      'bucket and objects': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
          P:
            Type: AWS::S3::BucketPolicy
            Properties:
              Bucket: !Ref Bucket
              PolicyDocument:
                Statement:
                  - Effect: Deny
                    Principal: '*'
                    Action: s3:*
                    Resource: [!GetAtt Bucket.Arn, !Sub '\${Bucket.Arn}/*']
                    Condition: {Bool: {aws:SecureTransport: 'false'}}`,
      'by two statements': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
          P:
            Type: AWS::S3::BucketPolicy
            Properties:
              Bucket: !Ref Bucket
              PolicyDocument:
                Statement:
                  - Effect: Deny
                    Principal: '*'
                    Action: s3:*
                    Resource: !Sub 'arn:aws:s3:::\${Bucket}'
                    Condition: {Bool: {aws:SecureTransport: false}}
                  - Effect: Deny
                    Principal: {AWS: '*'}
                    Action: s3:*
                    Resource: !Join ['', ['arn:aws:s3:::', !Ref Bucket, /*]]
                    Condition: {Bool: {aws:SecureTransport: ['false']}}`,
      'bucket and objects, with false as a boolean': bucketWith({ resource: BOTH }),
      'everything by a star': bucketWith({ principal: '{AWS: \'*\'}', action: '\'*\'', resource: '\'*\'' }),
      'a bucket by its name': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties: {BucketName: orders}
          P:
            Type: AWS::S3::BucketPolicy
            Properties:
              Bucket: !Ref Bucket
              PolicyDocument:
                Statement:
                  - Effect: Deny
                    Principal: '*'
                    Action: s3:*
                    Resource: [arn:aws:s3:::orders, arn:aws:s3:::orders/*]
                    Condition: {Bool: {aws:SecureTransport: false}}`,
      'a policy of a bucket from elsewhere': policyOf('orders', '[arn:aws:s3:::orders, arn:aws:s3:::orders/*]'),
      'a policy of a bucket by parameter, whatever its name is': policyOf('!Ref Name', '[!Sub \'arn:${AWS::Partition}:s3:::${Name}\', !Sub \'arn:${AWS::Partition}:s3:::${Name}/*\']', NAME),
      'a policy of an imported bucket': policyOf('!ImportValue name', '[!Sub [\'arn:aws:s3:::${B}\', {B: !ImportValue name}], !Sub [\'arn:aws:s3:::${B}/*\', {B: !ImportValue name}]]'),
    },
    undetermined: {
      'a policy by parameter that speaks of a certain bucket': policyOf('!Ref Name', '[arn:aws:s3:::orders, arn:aws:s3:::orders/*]', NAME),
      'a bucket beside a policy of a bucket by parameter': `
        Parameters:
          Name: {Type: String}
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
          Policy:
            Type: AWS::S3::BucketPolicy
            Properties:
              Bucket: !Ref Name
              PolicyDocument: {Statement: []}`,
    },
    notApplicable: {
      'a policy whose bucket is in the template, by the same parameter': `
        Parameters:
          Name: {Type: String}
        Resources:
          Policy:
            Type: AWS::S3::BucketPolicy
            Properties: {Bucket: !Ref Name, PolicyDocument: {Statement: []}}
          Bucket:
            Type: AWS::S3::Bucket
            Properties: {BucketName: !Ref Name}`,
    },
  },
  check: answersOverTlsOnly,
};
