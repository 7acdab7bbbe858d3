import { PolicyExamples } from '../rules/policy-examples';

/** What the examples of rules about policies have in common. */
export const BUCKET_EXAMPLES = new PolicyExamples({
  before: `
        Resources:
          Policy:
            Type: AWS::S3::BucketPolicy
            Properties:
              Bucket: orders
              PolicyDocument:
                Statement:
                  `,
  use: 's3:GetObject',
  destroys: 's3:PutLifecycleConfiguration',
  resource: '[arn:aws:s3:::orders, arn:aws:s3:::orders/*]',
});
