import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { plainKey } from '../examples/side-by-side/key.plain';
import { plainLogBucket } from '../examples/side-by-side/logs.plain';
import { plainBucket } from '../examples/side-by-side/s3.plain';
import { plainQueue } from '../examples/side-by-side/sqs.plain';
import { EncryptedBucket, EncryptedQueue, EncryptionKey } from '../src';

/** Each pair of a bucket and a queue is six resources; the key, the log bucket and its policy are three. */
export const resourcesOf = (pairs: number) => 6 * pairs + 3;

export function ours(stack: Stack, pairs: number): void {
  const encryptionKey = new EncryptionKey(stack, 'Key', { removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE });
  for (let n = 0; n < pairs; n++) {
    new EncryptedBucket(stack, `Bucket${n}`, { encryptionKey });
    new EncryptedQueue(stack, `Queue${n}`, { encryptionKey });
  }
}

/** The same template by aws-cdk-lib alone, written as a careful person writes it. */
export function plain(stack: Stack, pairs: number): void {
  const key = plainKey(stack, 'Key', 'Encrypts data of Stack/Key');
  const logs = plainLogBucket(stack);
  for (let n = 0; n < pairs; n++) {
    plainBucket(stack, `Bucket${n}`, key, logs);
    plainQueue(stack, `Queue${n}`, key);
  }
}
