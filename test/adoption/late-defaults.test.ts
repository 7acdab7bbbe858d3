import { App, Stack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { EncryptedBucket, EncryptedQueue, EncryptionDefaults, EncryptionDefaultsOptions } from '../../src';
import { ENV, stack } from '../support/stack';

class TeamBucket extends s3.Bucket {}

/** What is said of a stack whose defaults are applied after something is made. */
function late(make: (scope: Stack) => unknown, options?: EncryptionDefaultsOptions): string[] {
  const scope = stack(ENV);
  make(scope);
  const app = scope.node.root as App;
  EncryptionDefaults.of(app).apply(options);
  return app.synth().getStackByName('Stack').messages.map(({ entry }) => String(entry.data)).filter((text) => text.includes('DefaultsAppliedLate'));
}

test('defaults that are applied after plain constructs are made name them, and say to apply them first', () => {
  expect(late((scope) => [new s3.Bucket(scope, 'Uploads'), new TeamBucket(scope, 'Team'), new sqs.Queue(scope, 'Orders')])).toEqual([expect.stringContaining(
    'the app: EncryptionDefaults.apply() protects what is made after it, and Stack/Uploads, Stack/Team, Stack/Orders were made before: not protected. '
    + 'Call it first, such as right after `new App()`, or apply the mixins to what is there.',
  )]);
});

test('of many, five are named', () => {
  expect(late((scope) => ['A', 'B', 'C', 'D', 'E', 'F', 'G'].map((id) => new sqs.Queue(scope, id)))).toEqual([expect.stringContaining('Stack/D, Stack/E and 2 more were made before')]);
});

test('nothing is said of what is protected, imported, an exception, or of another class', () => {
  expect(late((scope) => [
    new EncryptedBucket(scope, 'Uploads'), new EncryptedQueue(scope, 'Orders'), s3.Bucket.fromBucketName(scope, 'Imported', 'uploads'), new s3.CfnBucket(scope, 'L1'),
  ])).toEqual([]);
  expect(late((scope) => new s3.Bucket(scope, 'Logs'), { exceptions: [{ path: 'Stack/Logs', reason: 'receives access logs' }] })).toEqual([]);
});

test('nothing is said of the key that the defaults are given', () => {
  const scope = stack(ENV);
  const encryptionKey = new kms.Key(scope, 'Key', { enableKeyRotation: true });
  EncryptionDefaults.of(scope).apply({ encryptionKey });
  const { messages } = (scope.node.root as App).synth().getStackByName('Stack');
  expect(messages.filter(({ entry }) => String(entry.data).includes('DefaultsAppliedLate'))).toEqual([]);
});
