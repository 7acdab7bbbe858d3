import * as iam from 'aws-cdk-lib/aws-iam';
import { EncryptedBucket } from '../../src';
import { stack } from '../support/stack';

const bucket = new EncryptedBucket(stack(), 'Bucket');
const role = new iam.Role(bucket.stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });

test.each([() => bucket.grantPublicAccess(), () => bucket.grantPublicAccess('site/*', 's3:GetObject'), () => bucket.grants.publicAccess()])(
  'access for everybody is an error that says how to publish (%s)', (grant) => {
    expect(grant).toThrow(/^Stack\/Bucket: grantPublicAccess\(\) cannot allow everybody .* cannot use its key.*`bucket\.allowReadFrom\(BucketReader\.cloudFront\(distribution\)\)`\. \[BucketIsPublic\]$/);
  });

test.each([() => bucket.grantPutAcl(role), () => bucket.grants.putAcl(role)])('access control lists are an error that names the grant to use (%s)', (grant) => {
  expect(grant).toThrow(/^Stack\/Bucket: grantPutAcl\(\) has no effect: .* Use grantPut\(\)\. \[BucketHasAcl\]$/);
});

test('the other grants are those of the CDK', () => {
  expect(bucket.grants.read(role).success).toBe(true);
  expect(bucket.grantRead(role).success).toBe(true);
});
