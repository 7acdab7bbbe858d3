import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as events from 'aws-cdk-lib/aws-events';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as bench from '../../bench/plain';
import * as alb from '../../examples/side-by-side/elasticloadbalancingv2.ours';
import * as plainAlb from '../../examples/side-by-side/elasticloadbalancingv2.plain';
import * as database from '../../examples/side-by-side/rds.ours';
import * as plainDatabase from '../../examples/side-by-side/rds.plain';
import * as bucket from '../../examples/side-by-side/s3.ours';
import * as plainBucket from '../../examples/side-by-side/s3.plain';
import * as queue from '../../examples/side-by-side/sqs.ours';
import * as plainQueue from '../../examples/side-by-side/sqs.plain';
import { sideBySideMarkdown } from '../../scripts/side-by-side';
import { withoutNames } from '../support/same-template';
import { ENV, stack } from '../support/stack';

const vpcOf = (scope: Stack) => ec2.Vpc.fromVpcAttributes(scope, 'Vpc', {
  vpcId: 'vpc-0123456789abcdef0',
  availabilityZones: ['us-east-1a', 'us-east-1b'],
  privateSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
  publicSubnetIds: ['subnet-0123456789abcdef2', 'subnet-0123456789abcdef3'],
});
const engine = rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.VER_17_9 });
const certificates = [elbv2.ListenerCertificate.fromArn('arn:aws:acm:us-east-1:111122223333:certificate/abc')];
const rule = (scope: Stack) => new events.Rule(scope, 'Rule', { eventPattern: { source: ['orders'] } });

test.each<[string, (scope: Stack) => void, (scope: Stack) => void]>([
  ['S3', bucket.ours, plainBucket.plain],
  ['SQS', (scope) => queue.ours(scope, rule(scope)), (scope) => plainQueue.plain(scope, rule(scope))],
  ['RDS', (scope) => database.ours(scope, vpcOf(scope), engine), (scope) => plainDatabase.plain(scope, vpcOf(scope), engine)],
  ['the benchmark of synth', (scope) => bench.ours(scope, 2), (scope) => bench.plain(scope, 2)],
  ['Elastic Load Balancing', (scope) => alb.ours(scope, vpcOf(scope), certificates), (scope) => plainAlb.plain(scope, vpcOf(scope), certificates)],
])('%s: the plain CDK code gives the same template', (_, ours, plain) => {
  const [one, other] = [stack(ENV), stack(ENV)];
  ours(one);
  plain(other);
  expect(withoutNames(one)).toEqual(withoutNames(other));
});

test('docs/side-by-side.md shows these files as they are', () => {
  expect(readFileSync(join(__dirname, '..', '..', 'docs', 'side-by-side.md'), 'utf8')).toBe(sideBySideMarkdown());
});
