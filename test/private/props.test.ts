import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Duration, Lazy, Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { EncryptedBucket, EncryptedLogGroup, EncryptedQueue, EncryptedSecret, EncryptedTable, EncryptedTopic, EncryptionKey, MultiRegionKey } from '../../src';
import { ENCRYPTION_DEFAULTS } from '../../src/adoption/prop-shapes';
import { ENCRYPTED_TABLE } from '../../src/dynamodb/prop-shapes';
import * as elb from '../../src/elasticloadbalancingv2/prop-shapes';
import * as keys from '../../src/kms/prop-shapes';
import { ENCRYPTED_LOG_GROUP } from '../../src/logs/prop-shapes';
import { checkProps, PropsShape } from '../../src/private/props';
import * as rds from '../../src/rds/prop-shapes';
import * as s3 from '../../src/s3/prop-shapes';
import { ENCRYPTED_SECRET } from '../../src/secretsmanager/prop-shapes';
import { ENCRYPTED_TOPIC } from '../../src/sns/prop-shapes';
import * as sqs from '../../src/sqs/prop-shapes';
import { ENV, stack } from '../support/stack';

const isShape = (value: unknown): value is PropsShape<string> => typeof value === 'object' && value !== null && 'kinds' in value;
const SHAPES: Array<PropsShape<string>> = [
  ...[keys, s3, sqs, rds, elb].flatMap((module) => Object.values(module).filter(isShape)), keys.specialKeyShape('MacKey'), keys.serviceSource('ServiceAccess.sns'), ENCRYPTION_DEFAULTS,
];

describe('a prop that the table does not name passes: a newer CDK may know it', () => {
  test.each(SHAPES.map((shape) => [shape.of, shape] as const))('of %s', (_, { required: __, ...shape }) => {
    expect(() => checkProps('Stack/It', { somethingNewIn2027: true, zoneRedundancy: 'high', tags: [] } as object, shape)).not.toThrow();
  });

  /** Every prop of every props interface of the CDK's modules that this library builds on. */
  const inherited = (module: string) => (readdirSync(join(__dirname, `../../node_modules/aws-cdk-lib/${module}/lib`), { recursive: true }) as string[])
    .filter((file) => file.endsWith('.d.ts') && !file.endsWith('.generated.d.ts'))
    .flatMap((file) => [...readFileSync(join(__dirname, `../../node_modules/aws-cdk-lib/${module}/lib/${file}`), 'utf8')
      .matchAll(/interface (\w+(?:Props|Options))\b[^{]*\{([\s\S]*?)\n\}/g)])
    .map(([, name, body]): [string, string[]] => [name, [...body.matchAll(/^ {4}readonly (\w+)\??:/gm)].map(([, prop]) => prop)]);

  test.each([
    ['aws-s3', ['BucketProps'], s3.ENCRYPTED_BUCKET],
    ['aws-sqs', ['QueueProps'], sqs.ENCRYPTED_QUEUE],
    ['aws-kms', ['KeyProps'], keys.ENCRYPTION_KEY],
    ['aws-kms', ['KeyProps'], keys.MULTI_REGION_KEY],
    ['aws-kms', ['KeyProps'], keys.specialKeyShape('SigningKey')],
    ['aws-rds', ['DatabaseInstanceNewProps', 'DatabaseInstanceSourceProps', 'DatabaseInstanceProps'], rds.DATABASE_INSTANCE],
    ['aws-rds', ['DatabaseInstanceNewProps', 'DatabaseInstanceSourceProps', 'DatabaseInstanceFromSnapshotProps'], rds.DATABASE_INSTANCE_FROM_SNAPSHOT],
    ['aws-rds', ['DatabaseInstanceNewProps', 'DatabaseInstanceReadReplicaProps'], rds.DATABASE_INSTANCE_READ_REPLICA],
    ['aws-rds', ['DatabaseClusterBaseProps', 'DatabaseClusterProps'], rds.DATABASE_CLUSTER],
    ['aws-rds', ['DatabaseClusterBaseProps', 'DatabaseClusterFromSnapshotProps'], rds.DATABASE_CLUSTER_FROM_SNAPSHOT],
    ['aws-rds', ['DatabaseProxyOptions'], rds.DATABASE_PROXY],
    ['aws-elasticloadbalancingv2', ['BaseLoadBalancerProps', 'ApplicationLoadBalancerProps'], elb.HTTPS_LOAD_BALANCER],
    ['aws-elasticloadbalancingv2', ['BaseApplicationListenerProps', 'ApplicationListenerProps'], elb.HTTPS_LISTENER],
    ['aws-elasticloadbalancingv2', ['AddApplicationTargetsProps', 'AddApplicationTargetGroupsProps', 'AddRuleProps'], elb.TARGETS],
  ] as Array<[string, string[], PropsShape<string>]>)('and no prop of the CDK is taken for another: %s %j', (module, interfaces, { required: _, ...shape }) => {
    const props = inherited(module).filter(([name]) => interfaces.includes(name)).flatMap(([, names]) => names);
    expect(props.length).toBeGreaterThan(4);
    for (const prop of props.filter((name) => !(name in shape.kinds))) { expect(() => checkProps('Stack/It', { [prop]: {} } as object, shape)).not.toThrow(); }
  });
});

test.each(SHAPES.map((shape) => [shape.of, shape] as const))('what %s names as right is a prop of it', (_, { kinds, confused = {} }) => {
  expect(Object.values(confused).flat().filter((name) => !(name in kinds))).toEqual([]);
  expect(Object.keys(confused).filter((name) => name in kinds)).toEqual([]);
});

describe('values are told by what they can do', () => {
  /** As another copy of a module, or another language, makes it: of no class that is known here. */
  const stranger = <T extends object>(value: T): T => new Proxy(Object.create(null), {
    has: (_, name) => name in value, get: (_, name) => Reflect.get(value, name),
  });

  test('keys, durations and principals of another copy of the CDK', () => {
    const scope = stack(ENV);
    const key = stranger(new EncryptionKey(scope, 'Key'));
    expect(() => new EncryptedBucket(scope, 'Bucket', { encryptionKey: key })).not.toThrow();
    expect(() => new EncryptedQueue(scope, 'Queue', { encryptionKey: key, visibilityTimeout: stranger(Duration.seconds(30)) })).not.toThrow();
    expect(() => new EncryptionKey(scope, 'Other', { administrators: [stranger(new iam.ArnPrincipal('arn:aws:iam::111122223333:role/Admin'))] })).not.toThrow();
  });

  test('null is "left out" to every construct: no prop of theirs ends in a TypeError', () => {
    const scope: any = stack(ENV);
    const nulls = (shape: PropsShape<string>) => Object.fromEntries(Object.keys(shape.kinds).map((prop) => [prop, null]));
    const made: Array<[new (...args: any[]) => unknown, PropsShape<any>, object]> = [
      [EncryptionKey, keys.ENCRYPTION_KEY, {}], [EncryptedBucket, s3.ENCRYPTED_BUCKET, {}],
      [EncryptedQueue, sqs.ENCRYPTED_QUEUE, {}], [EncryptedTopic, ENCRYPTED_TOPIC, {}],
      [EncryptedSecret, ENCRYPTED_SECRET, {}], [EncryptedLogGroup, ENCRYPTED_LOG_GROUP, {}],
      [EncryptedTable, ENCRYPTED_TABLE, { partitionKey: { name: 'id', type: 'S' } }],
    ];
    made.forEach(([Made, shape, props]) => expect(() => new Made(scope, Made.name, { ...nulls(shape), ...props })).not.toThrow());
  });

  test('a prop that another language gives as null is left out', () => {
    const scope = stack(ENV);
    expect(() => new EncryptedBucket(scope, 'Bucket', { encryptionKey: null, versioned: null, kmsKey: null } as never)).not.toThrow();
  });

  test('tokens are not looked into', () => {
    const scope = stack();
    expect(() => new EncryptionKey(scope, 'Key', { alias: Lazy.string({ produce: () => 'alias/orders' }), enabled: Token.asAny({ Ref: 'Enabled' }) as never })).not.toThrow();
    expect(() => new MultiRegionKey(new Stack(new App(), 'Stack', { env: ENV }), 'Key', { replicaRegions: Token.asList({ Ref: 'Regions' }) })).toThrow('[ReplicaRegionMalformed]');
  });

  test('an alias and an imported key are keys', () => {
    const scope = stack(ENV);
    expect(() => new EncryptedQueue(scope, 'ByAlias', { encryptionKey: kms.Alias.fromAliasName(scope, 'Alias', 'alias/orders') })).not.toThrow();
    expect(() => new EncryptedBucket(scope, 'ByArn', { encryptionKey: kms.Key.fromKeyArn(scope, 'Key', 'arn:aws:kms:us-east-1:111122223333:key/1234abcd') })).not.toThrow();
  });
});
