import { App, Mixins, Stack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import {
  BucketEncryptionAtRest, BucketTlsOnly, DatabaseTlsOnly, EncryptionDefaults, KeyRotation, ListenerTls, QueueEncryptionAtRest, QueueTlsOnly,
} from '../src';

/** What it costs to protect an app of 1,000 old resources, as a share of its synth: by mixins, and by EncryptionDefaults. */
const STACKS = 5;
const PER_STACK = 200;
const RUNS = 5;

function build(defaults: boolean): App {
  const app = new App();
  if (defaults) { EncryptionDefaults.of(app).apply(); }
  for (let n = 0; n < STACKS; n++) {
    const stack = new Stack(app, `Stack${n}`);
    for (let i = 0; i < PER_STACK / 2; i++) {
      new s3.Bucket(stack, `Bucket${i}`);
      new sqs.Queue(stack, `Queue${i}`);
    }
  }
  return app;
}

function mix(app: App): void {
  for (const stack of app.node.children) {
    const key = new kms.Key(stack as Stack, 'Shared');
    Mixins.of(stack).apply(
      new KeyRotation(), new BucketEncryptionAtRest(key), new BucketTlsOnly(), new QueueEncryptionAtRest(key), new QueueTlsOnly(),
      new DatabaseTlsOnly(), new ListenerTls(),
    );
  }
}

function milliseconds<T>(work: () => T): [number, T] {
  const start = process.hrtime.bigint();
  const result = work();
  return [Number(process.hrtime.bigint() - start) / 1e6, result];
}

const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const times = { build: [] as number[], defaults: [] as number[], mixins: [] as number[], synth: [] as number[] };
build(true).synth();
for (let run = 0; run < RUNS; run++) {
  const [plain, app] = milliseconds(() => build(false));
  times.build.push(plain);
  times.defaults.push(milliseconds(() => build(true))[0] - plain);
  times.mixins.push(milliseconds(() => mix(app))[0]);
  times.synth.push(milliseconds(() => app.synth())[0]);
}
const whole = median(times.build) + median(times.synth);
console.log(`protecting ${STACKS * PER_STACK} old resources; building and synthesizing the app takes ${whole.toFixed(0)} ms`);
for (const door of ['mixins', 'defaults'] as const) {
  console.log(`  ${door}: ${median(times[door]).toFixed(0)} ms, ratio ${(median(times[door]) / whole).toFixed(3)}`);
}
