import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { version } from 'aws-cdk-lib/package.json';
import * as ts from 'typescript';
import { devDependencies } from '../../package.json';
import { ENCRYPTION_DEFAULTS } from '../../src/adoption/prop-shapes';
import { ENCRYPTED_TABLE } from '../../src/dynamodb/prop-shapes';
import * as elb from '../../src/elasticloadbalancingv2/prop-shapes';
import * as keys from '../../src/kms/prop-shapes';
import { ENCRYPTED_LOG_GROUP } from '../../src/logs/prop-shapes';
import { ANY } from '../../src/private/kinds';
import { PropsShape } from '../../src/private/props';
import * as rds from '../../src/rds/prop-shapes';
import * as s3 from '../../src/s3/prop-shapes';
import { ENCRYPTED_SECRET } from '../../src/secretsmanager/prop-shapes';
import { ENCRYPTED_TOPIC } from '../../src/sns/prop-shapes';
import * as sqs from '../../src/sqs/prop-shapes';

const ROOT = join(__dirname, '../..');
/** The module of each namespace under which the sources name a props interface of the CDK. */
const MODULES: Record<string, string> = {
  kms: 'aws-kms',
  s3: 'aws-s3',
  sqs: 'aws-sqs',
  rds: 'aws-rds',
  elbv2: 'aws-elasticloadbalancingv2',
  sns: 'aws-sns',
  logs: 'aws-logs',
  secretsmanager: 'aws-secretsmanager',
  dynamodb: 'aws-dynamodb',
};

interface Declared { readonly props: readonly string[]; readonly bases: readonly string[] }

/** The interfaces of some files, by their names as the sources write them. */
function interfacesIn(files: readonly string[], namespace = ''): Map<string, Declared> {
  const named = (name: string) => (name.includes('.') ? name : namespace + name);
  return new Map(files.flatMap((file) => ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest).statements.filter(ts.isInterfaceDeclaration)
    .map(({ name, members, heritageClauses = [] }): [string, Declared] => [named(name.text), {
      props: members.flatMap((member) => (ts.isPropertySignature(member) && ts.isIdentifier(member.name) ? [member.name.text] : [])),
      bases: [...heritageClauses].flatMap(({ types }) => types.flatMap(({ expression: base }) => (ts.isIdentifier(base) ? [named(base.text)]
        : ts.isPropertyAccessExpression(base) && ts.isIdentifier(base.expression) ? [`${base.expression.text}.${base.name.text}`] : []))),
    }])));
}

const filesIn = (folder: string, fits: (file: string) => boolean) =>
  (readdirSync(join(ROOT, folder), { recursive: true }) as string[]).filter(fits).map((file) => join(ROOT, folder, file));
const INTERFACES = new Map([
  ...interfacesIn(filesIn('src', (file) => file.endsWith('.ts') && !file.startsWith('cli'))),
  ...Object.entries(MODULES).flatMap(([namespace, module]) => [
    ...interfacesIn(filesIn(`node_modules/aws-cdk-lib/${module}/lib`, (file) => file.endsWith('.d.ts') && !file.endsWith('.generated.d.ts')), `${namespace}.`),
  ]),
]);

/** A newer CDK may have props that the tables do not know yet: they pass. */
const atFloor = version === devDependencies['aws-cdk-lib'];

function propsOf(name: string): string[] {
  const { props, bases } = INTERFACES.get(name) ?? { props: [], bases: [] };
  return [...props, ...bases.flatMap((base) => (atFloor || !base.includes('.') ? propsOf(base) : []))];
}

const TABLES: ReadonlyArray<readonly [of: string, shape: PropsShape<string>]> = [
  ['EncryptionKeyProps', keys.ENCRYPTION_KEY],
  ['MultiRegionKeyProps', keys.MULTI_REGION_KEY],
  ['ReplicaKeyProps', keys.REPLICA_KEY],
  ['AsymmetricEncryptionKeyProps', keys.ASYMMETRIC_ENCRYPTION_KEY],
  ['SigningKeyProps', keys.specialKeyShape('SigningKey')],
  ['MacKeyProps', keys.specialKeyShape('MacKey')],
  ['KeyAgreementKeyProps', keys.specialKeyShape('KeyAgreementKey')],
  ['KeyLifecycleMonitorProps', keys.KEY_LIFECYCLE_MONITOR],
  ['KeyRotationOptions', keys.KEY_ROTATION],
  ['ServiceSourceOptions', keys.serviceSource('ServiceAccess.sns')],
  ['CloudWatchLogsAccessOptions', keys.CLOUDWATCH_LOGS_ACCESS],
  ['EncryptedBucketProps', s3.ENCRYPTED_BUCKET],
  ['BucketReplicationOptions', s3.REPLICATION],
  ['BucketEncryptionAtRestOptions', s3.BUCKET_ENCRYPTION_AT_REST],
  ['EncryptedQueueProps', sqs.ENCRYPTED_QUEUE],
  ['QueueEncryptionAtRestOptions', sqs.QUEUE_ENCRYPTION_AT_REST],
  ['EncryptedTopicProps', ENCRYPTED_TOPIC],
  ['EncryptedLogGroupProps', ENCRYPTED_LOG_GROUP],
  ['EncryptedSecretProps', ENCRYPTED_SECRET],
  ['EncryptedTableProps', ENCRYPTED_TABLE],
  ['EncryptedDatabaseInstanceProps', rds.DATABASE_INSTANCE],
  ['EncryptedDatabaseInstanceFromSnapshotProps', rds.DATABASE_INSTANCE_FROM_SNAPSHOT],
  ['EncryptedDatabaseInstanceReadReplicaProps', rds.DATABASE_INSTANCE_READ_REPLICA],
  ['EncryptedDatabaseClusterProps', rds.DATABASE_CLUSTER],
  ['EncryptedDatabaseClusterFromSnapshotProps', rds.DATABASE_CLUSTER_FROM_SNAPSHOT],
  ['rds.DatabaseProxyOptions', rds.DATABASE_PROXY],
  ['BackupCopyOptions', rds.BACKUP_COPY],
  ['DatabaseEncryptionAtRestOptions', rds.DATABASE_ENCRYPTION_AT_REST],
  ['HttpsLoadBalancerProps', elb.HTTPS_LOAD_BALANCER],
  ['HttpsListenerProps', elb.HTTPS_LISTENER],
  ['HttpsListenerOptions', elb.HTTPS_LISTENER_OPTIONS],
  ['elbv2.AddApplicationTargetsProps', elb.TARGETS],
  ['elbv2.AddApplicationTargetGroupsProps', elb.TARGET_GROUPS],
  ['elbv2.AddApplicationActionProps', elb.LISTENER_ACTION],
  ['ListenerTlsOptions', elb.LISTENER_TLS],
  ['EncryptionDefaultsOptions', ENCRYPTION_DEFAULTS],
];

test.each(TABLES)('the table for %s has every prop, its own and the CDK\'s', (name, { kinds }) => {
  const props = propsOf(name);
  // Some have no props of their own, which are all that is compared at a newer CDK.
  expect(props.length).toBeGreaterThan(atFloor ? 0 : -1);
  expect(INTERFACES.has(name)).toBe(true);
  expect(props.filter((prop) => !(prop in kinds))).toEqual([]);
});

test('every props interface of the library has a table', () => {
  const named = [...INTERFACES.keys()].filter((name) => /^(Encrypt|Https|MultiRegion|Replica|Asymmetric|Signing|Mac|KeyAgreement|KeyLifecycle)\w*Props$/.test(name));
  expect(named.filter((name) => !TABLES.some(([of]) => of === name))).toEqual(['EncryptionChecksProps']);
});

describe('no prop takes what it cannot be', () => {
  const enumerated = [...new Map(TABLES.flatMap(([name, { kinds }]) => Object.entries(kinds).map(([prop, kind]) => [`${name} ${prop}`, kind!] as const)))];
  test.each([
    ['a function', () => 1], ['a symbol', Symbol('x')], ['not a number', Number.NaN],
  ])('%s', (_, value) => {
    expect(enumerated.filter(([, kind]) => kind !== ANY && kind.misfit(value, 'it') === undefined).map(([name]) => name)).toEqual([]);
  });
});
