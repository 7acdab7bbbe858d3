import { Stack } from 'aws-cdk-lib';
import { EncryptedBucket } from '../../src';

export function ours(stack: Stack): void {
  new EncryptedBucket(stack, 'Uploads');
}
