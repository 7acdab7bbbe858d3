import { IN_TRANSIT, Rule } from '../../rules/rule';
import { isNotWebsite } from '../bucket-checks';

export const rule: Rule = {
  id: 'Encryption-S3BucketNotWebsite',
  severity: 'warning',
  guards: 'in transit',
  resourceTypes: ['AWS::S3::Bucket'],
  info: 'A bucket should not be a website endpoint.',
  why: 'Website endpoints of S3 support plain HTTP only.',
  fix: 'Serve it through CloudFront with origin access control.',
  see: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteEndpoints.html',
  controls: IN_TRANSIT,
  examples: {
    wrong: {
      'a website': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties: {WebsiteConfiguration: {IndexDocument: index.html}}`,
      'a redirect': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties: {WebsiteConfiguration: {RedirectAllRequestsTo: {HostName: example.com}}}`,
    },
    right: {
      'no website': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties: {}`,
      'a bucket with a name': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties: {BucketName: orders}`,
      'a website that is taken away': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties: {WebsiteConfiguration: !Ref AWS::NoValue}`,
    },
    undetermined: {
      'a website under a condition that the deployment decides': `
        Parameters:
          Stage: {Type: String}
        Conditions:
          IsPublic: !Equals [!Ref Stage, public]
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              WebsiteConfiguration: !If [IsPublic, {IndexDocument: index.html}, !Ref AWS::NoValue]`,
    },
  },
  check: isNotWebsite,
};
