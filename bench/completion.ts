import { App, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { median, milliseconds } from './compare';
import { EncryptionDefaults } from '../src';
import * as completing from '../src/completion/complete';

/**
 * What completion costs of the synth of an old app of 1,000 resources under EncryptionDefaults: with it, and without it. Everything else is the same; so the
 * one without it is an app that loses its flows, and there only to be measured.
 */
const STACKS = 5;
const UNITS = 25;
const RUNS = 7;

/** A bucket, a queue, a topic that sends to it, a role that reads and sends: what completion has work with. Eight resources. */
function unit(stack: Stack, n: number): void {
  const bucket = new s3.Bucket(stack, `Bucket${n}`);
  const queue = new sqs.Queue(stack, `Queue${n}`);
  new sns.Topic(stack, `Topic${n}`).addSubscription(new subscriptions.SqsSubscription(queue));
  const role = new iam.Role(stack, `Role${n}`, { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  role.addToPolicy(new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [bucket.arnForObjects('*')] }));
  role.addToPolicy(new iam.PolicyStatement({ actions: ['sqs:SendMessage'], resources: [queue.queueArn] }));
}

function build(): App {
  const app = new App();
  EncryptionDefaults.of(app).apply();
  for (let n = 0; n < STACKS; n++) {
    const stack = new Stack(app, `Stack${n}`);
    for (let i = 0; i < UNITS; i++) { unit(stack, i); }
  }
  return app;
}

const replaceable = completing as { complete: typeof completing.complete };
const { complete } = completing;

/** Building and synthesizing, and how much of it is completion. */
function run(): { whole: number; completion: number; resources: number } {
  let completion = 0;
  Object.defineProperty(replaceable, 'complete', {
    configurable: true,
    value: (...args: Parameters<typeof complete>) => { completion += milliseconds(() => complete(...args))[0]; },
  });
  const [whole, assembly] = milliseconds(() => build().synth());
  return { whole, completion, resources: assembly.stacks.reduce((sum, { template }) => sum + Object.keys(template.Resources).length, 0) };
}

run();
const runs = Array.from({ length: RUNS }, run);
const [whole, completion] = [median(runs.map((each) => each.whole)), median(runs.map((each) => each.completion))];
const without = median(runs.map((each) => each.whole - each.completion));
console.log(`completion in an app of ${runs[0].resources} resources: building and synthesizing takes ${whole.toFixed(0)} ms with it, ${without.toFixed(0)} ms without, ratio ${(whole / without).toFixed(2)}`);
console.log(`  of that, ${completion.toFixed(0)} ms are completion: ${(completion / runs[0].resources).toFixed(2)} ms a resource`);
