import { Annotations, App, Stack, Validations } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { EncryptedBucket, EncryptedQueue, MessageSource } from '../../src';
import { ENV, stack } from '../support/stack';

const PREFIX = 'cdk-encryption-constructs:';

/** A queue under an imported key, whose policy this app cannot change. */
function queueUnderImportedKey(scope: Stack): EncryptedQueue {
  const encryptionKey = kms.Key.fromKeyArn(scope, 'Imported', 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab');
  return new EncryptedQueue(scope, 'Queue', { encryptionKey });
}

function sendFromBucket(queue: EncryptedQueue): void {
  queue.allowSendFrom(MessageSource.bucket(s3.Bucket.fromBucketName(queue, 'Uploads', 'uploads')));
}

const warnings = (scope: Stack) => (scope.node.root as App).synth().getStackByName('Stack').messages.map(({ entry }) => String(entry.data)).join('\n');

test('a warning has a PascalCase id', () => {
  const scope = stack(ENV);
  sendFromBucket(queueUnderImportedKey(scope));
  expect(warnings(scope)).toContain(`[ack: Annotation::${PREFIX}KeyPolicyNotAdded]`);
});

describe.each(['KeyPolicyNotAdded', 'keyPolicyNotAdded'])('a warning acknowledged as %s is not shown', (id) => {
  test('where the acknowledgement comes after the warning', () => {
    const scope = stack(ENV);
    const queue = queueUnderImportedKey(scope);
    sendFromBucket(queue);
    Validations.of(queue).acknowledge({ id: PREFIX + id, reason: 'The owner of the key added the statement' });
    expect(warnings(scope)).not.toContain('is imported');
  });

  test('where it comes before, on a scope above', () => {
    const scope = stack(ENV);
    Validations.of(scope).acknowledge({ id: PREFIX + id, reason: 'The owner of the key added the statement' });
    sendFromBucket(queueUnderImportedKey(scope));
    expect(warnings(scope)).not.toContain('is imported');
  });

  test('where it is by Annotations, with the id as the CDK shows it', () => {
    const scope = stack(ENV);
    const queue = queueUnderImportedKey(scope);
    sendFromBucket(queue);
    Annotations.of(queue).acknowledgeWarning(`Annotation::${PREFIX}${id}`);
    expect(warnings(scope)).not.toContain('is imported');
  });
});

test('the warning of a destination bucket in another account has a PascalCase id, and its former id is still acknowledged', () => {
  const shown = (acknowledge: (bucket: EncryptedBucket) => void) => {
    const scope = stack(ENV);
    const bucket = new EncryptedBucket(scope, 'Bucket');
    bucket.replicateTo(s3.Bucket.fromBucketAttributes(scope, 'Destination', {
      bucketArn: 'arn:aws:s3:::replica',
      account: '999999999999',
      encryptionKey: kms.Key.fromKeyArn(scope, 'Key', 'arn:aws:kms:us-east-1:999999999999:key/1234abcd-12ab-34cd-56ef-1234567890ab'),
    }));
    acknowledge(bucket);
    return warnings(scope);
  };
  expect(shown(() => undefined)).toContain(`${PREFIX}DestinationPolicyNotAdded]`);
  expect(shown((bucket) => Validations.of(bucket).acknowledge({ id: `${PREFIX}destinationPolicyNotAdded`, reason: 'Added' })))
    .not.toContain('nothing is replicated until its bucket policy');
});
