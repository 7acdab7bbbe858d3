import { App, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { SqsDestination } from 'aws-cdk-lib/aws-s3-notifications';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { EncryptedBucket, EncryptedQueue, EncryptionKey } from '../src';

/**
 * Bytes of a key's policy against the number of its consumers: each is a bucket that tells a queue, and a role that reads the bucket.
 * KMS takes 32 KB: https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html
 */
const ENV = { account: '111122223333', region: 'us-east-1' };

function policyBytes(consumers: number, make: (stack: Stack) => [kms.Key, (n: number) => [s3.Bucket, sqs.Queue]]): number {
  const stack = new Stack(new App(), 'Stack', { env: ENV });
  const [key, pair] = make(stack);
  for (let n = 0; n < consumers; n++) {
    const [bucket, queue] = pair(n);
    bucket.addEventNotification(s3.EventType.OBJECT_CREATED, new SqsDestination(queue));
    bucket.grantRead(new iam.Role(stack, `Reader${n}`, { assumedBy: new iam.AccountRootPrincipal() }));
  }
  return JSON.stringify(stack.resolve((key.node.defaultChild as kms.CfnKey).keyPolicy)).length;
}

const ours = (consumers: number) => policyBytes(consumers, (stack) => {
  const encryptionKey = new EncryptionKey(stack, 'Key');
  return [encryptionKey, (n) => [new EncryptedBucket(stack, `Bucket${n}`, { encryptionKey }), new EncryptedQueue(stack, `Queue${n}`, { encryptionKey })]];
});
const plain = (consumers: number) => policyBytes(consumers, (stack) => {
  const encryptionKey = new kms.Key(stack, 'Key', { enableKeyRotation: true });
  return [encryptionKey, (n) => [
    new s3.Bucket(stack, `Bucket${n}`, { encryption: s3.BucketEncryption.KMS, encryptionKey }),
    new sqs.Queue(stack, `Queue${n}`, { encryption: sqs.QueueEncryption.KMS, encryptionMasterKey: encryptionKey }),
  ]];
});

console.log('bytes of a key policy, by number of consumers');
for (const consumers of [1, 10, 50]) {
  const [of, by] = [ours(consumers), plain(consumers)];
  console.log(`  ${consumers}: ours ${of}, plain aws-cdk-lib ${by}, ratio ${(of / by).toFixed(2)}`);
}
