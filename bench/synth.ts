import { App, Stack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks } from 'cdk-nag';
import { contextOf } from './context';
import { EncryptedBucket, EncryptedQueue, EncryptionChecks, EncryptionKey } from '../src';

/**
 * How much longer an app of our constructs takes than one of plain aws-cdk-lib with the same protection, and the checks
 * than AwsSolutionsChecks on the same app. Both in one run, interleaved; prints the median and the ratio.
 */
const RUNS = 7;
const PAIRS = 50;
/** With the key, the log bucket and the policies these are 453 resources. */
const CHECKED_PAIRS = 75;

function plain(stack: Stack): void {
  const key = new kms.Key(stack, 'Key', { enableKeyRotation: true });
  const logs = new s3.Bucket(stack, 'Logs', { encryption: s3.BucketEncryption.S3_MANAGED, enforceSSL: true, versioned: true });
  for (let n = 0; n < PAIRS; n++) {
    new s3.Bucket(stack, `Bucket${n}`, {
      encryption: s3.BucketEncryption.KMS,
      encryptionKey: key,
      bucketKeyEnabled: true,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: true,
      serverAccessLogsBucket: logs,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    });
    const dead = new sqs.Queue(stack, `Dead${n}`, { encryptionMasterKey: key, encryption: sqs.QueueEncryption.KMS, enforceSSL: true });
    new sqs.Queue(stack, `Queue${n}`, {
      encryptionMasterKey: key, encryption: sqs.QueueEncryption.KMS, enforceSSL: true, deadLetterQueue: { queue: dead, maxReceiveCount: 3 },
    });
  }
}

function ours(stack: Stack, pairs = PAIRS): void {
  const encryptionKey = new EncryptionKey(stack, 'Key');
  for (let n = 0; n < pairs; n++) {
    new EncryptedBucket(stack, `Bucket${n}`, { encryptionKey });
    new EncryptedQueue(stack, `Queue${n}`, { encryptionKey });
  }
}

function milliseconds(work: () => void): number {
  const start = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - start) / 1e6;
}

const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

function compare(title: string, a: [string, () => void], b: [string, () => void]): void {
  a[1]();
  b[1]();
  const times: [number[], number[]] = [[], []];
  for (let run = 0; run < RUNS; run++) {
    times[0].push(milliseconds(a[1]));
    times[1].push(milliseconds(b[1]));
  }
  const [of, by] = times.map(median);
  console.log(`${title}\n  ${a[0]} ${of.toFixed(0)} ms, ${b[0]} ${by.toFixed(0)} ms, ratio ${(of / by).toFixed(2)}`);
}

const synth = (fill: (stack: Stack) => void) => () => {
  const app = new App();
  fill(new Stack(app, 'Stack'));
  app.synth();
};
compare(`synth of ${PAIRS} buckets and ${PAIRS} queues with dead-letter queues`, ['ours', synth(ours)], ['plain aws-cdk-lib', synth(plain)]);

const checked = new App();
ours(new Stack(checked, 'Stack'), CHECKED_PAIRS);
const context = contextOf(checked);
compare(
  'checks at synth over an app of 453 resources',
  ['EncryptionChecks', () => void new EncryptionChecks().validate(context)],
  ['AwsSolutionsChecks', () => void new AwsSolutionsChecks().validate(context)],
);
