import { App, Mixins, Stack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { median, milliseconds } from './compare';
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

const times = { plain: [] as number[], mixed: [] as number[], mixing: [] as number[], defaults: [] as number[] };
build(true).synth();
for (let run = 0; run < RUNS; run++) {
  times.plain.push(milliseconds(() => build(false).synth())[0]);
  const [building, app] = milliseconds(() => build(false));
  const [mixing] = milliseconds(() => mix(app));
  times.mixing.push(mixing);
  times.mixed.push(building + mixing + milliseconds(() => app.synth())[0]);
  times.defaults.push(milliseconds(() => build(true).synth())[0]);
}
const [plain, mixed, mixing, defaults] = [times.plain, times.mixed, times.mixing, times.defaults].map(median);
// Both doors give the same templates, so what EncryptionDefaults does beyond them is what it does beyond the mixins.
const injecting = mixing + defaults - mixed;
console.log(`${STACKS * PER_STACK} old resources: building and synthesizing the app takes ${plain.toFixed(0)} ms as it is, ${mixed.toFixed(0)} ms protected`);
console.log(`  applying mixins: ${mixing.toFixed(0)} ms, ratio to the protected app ${(mixing / mixed).toFixed(3)}`);
console.log(`  EncryptionDefaults: ${injecting.toFixed(0)} ms, ratio to the protected app ${(injecting / defaults).toFixed(3)}`);
