import { ACTIONS, DAYS, FLAG, GRANTEE, KEY, KEYS, LOG_GROUP, PRINCIPALS, REGION, REMOVAL_POLICY, TEXT, TEXTS, TOPIC } from '../private/common-kinds';
import { ANY, has, kind, listOf, objectWith } from '../private/kinds';
import { checkArgument, NOT_ENCRYPTION_KEY, propsShape } from '../private/props';

export const SERVICE_ACCESS = objectWith('a ServiceAccess', ['statements'], () => 'Give one of its factories, such as `ServiceAccess.s3EventNotifications()`');
const SERVICES = listOf(SERVICE_ACCESS, 'ServiceAccess', '[ServiceAccess.s3EventNotifications()]');
const STACKS = listOf(kind('a stack', has('node', 'stackName'), () => 'Give a `Stack`'), 'stacks', '[stack]');

const ACCESS = {
  administrators: PRINCIPALS,
  users: PRINCIPALS,
  trustAccountIdentities: FLAG,
  breakGlassPrincipals: PRINCIPALS,
  grantCreators: PRINCIPALS,
  bypassPolicyLockoutSafetyCheck: FLAG,
};

/** What every key takes, the replica too. */
const ANY_KEY = { ...ACCESS, alias: TEXT, description: TEXT, enabled: FLAG, pendingWindow: DAYS, removalPolicy: REMOVAL_POLICY };

const CONFUSED = {
  keyPolicy: ['administrators', 'users'],
  policyDocument: ['administrators', 'users'],
  administrator: 'administrators',
  admin: 'administrators',
  keyAdmins: 'administrators',
  keyAdministrators: 'administrators',
  keyUsers: 'users',
  aliasName: 'alias',
  pendingWindowInDays: 'pendingWindow',
  deletionWindow: 'pendingWindow',
  deletionWindowInDays: 'pendingWindow',
};

const OF_SYMMETRIC_KEYS = {
  ...CONFUSED,
  rotationPeriodInDays: 'rotationPeriod',
  rotationDays: 'rotationPeriod',
  rotation: 'rotationPeriod',
  serviceAccess: 'services',
  servicePrincipals: 'services',
};

/** Props of `kms.Key`. Those that decide what kind of key it is have errors of their own. */
const BASE_KEY = { admins: PRINCIPALS, enableKeyRotation: FLAG, rotationPeriod: DAYS, multiRegion: FLAG, keySpec: ANY, keyUsage: ANY, policy: ANY };

/** Asymmetric and HMAC keys, which KMS does not rotate. */
export function specialKeyShape(of: string) {
  return propsShape({ of, kinds: { ...ANY_KEY, ...BASE_KEY }, confused: CONFUSED });
}

export const ASYMMETRIC_ENCRYPTION_KEY = propsShape({
  ...specialKeyShape('AsymmetricEncryptionKey'), kinds: { ...ANY_KEY, ...BASE_KEY, allowRsa2048: FLAG }, confused: { ...CONFUSED, allowRSA2048: 'allowRsa2048' },
});

export const ENCRYPTION_KEY = propsShape({
  of: 'EncryptionKey',
  kinds: {
    ...ANY_KEY,
    ...BASE_KEY,
    services: SERVICES,
    origin: kind('a KeyOrigin', (value) => ['AWS_KMS', 'EXTERNAL'].includes(value), () => 'Give KeyOrigin.AWS_KMS or KeyOrigin.EXTERNAL'),
  },
  confused: OF_SYMMETRIC_KEYS,
});

export const MULTI_REGION_KEY = propsShape({
  ...ENCRYPTION_KEY,
  of: 'MultiRegionKey',
  kinds: { ...ENCRYPTION_KEY.kinds, replicaRegions: listOf(REGION, 'Regions', "['eu-west-1']"), replicaStacks: STACKS },
  required: [['replicaRegions', 'replicaStacks']],
  confused: { ...OF_SYMMETRIC_KEYS, regions: 'replicaRegions', replicas: 'replicaRegions', replicaRegion: 'replicaRegions', stacks: 'replicaStacks' },
});

export const REPLICA_KEY = propsShape({
  of: 'ReplicaKey',
  kinds: {
    ...ANY_KEY,
    services: SERVICES,
    primaryKeyArn: kind('the ARN of a key, as text', (value) => typeof value === 'string', (value) => (has('keyArn')(value)
      ? 'Give its `keyArn`' : "Give it as 'arn:aws:kms:us-east-1:111122223333:key/mrk-…'")),
  },
  required: ['primaryKeyArn'],
  confused: { ...CONFUSED, primaryKey: 'primaryKeyArn', primaryArn: 'primaryKeyArn', primaryKeyId: 'primaryKeyArn', keyArn: 'primaryKeyArn', serviceAccess: 'services' },
});

export const KEY_LIFECYCLE_MONITOR = propsShape({
  of: 'KeyLifecycleMonitor',
  kinds: { keys: KEYS, topic: TOPIC, encryptionKey: KEY, cloudTrailLogGroup: LOG_GROUP },
  required: ['keys'],
  confused: { ...NOT_ENCRYPTION_KEY, key: 'keys', snsTopic: 'topic', alarmTopic: 'topic', logGroup: 'cloudTrailLogGroup', trailLogGroup: 'cloudTrailLogGroup' },
});

export const KEY_ROTATION = propsShape({
  of: 'KeyRotation', kinds: { rotationPeriod: DAYS }, confused: { rotationPeriodInDays: 'rotationPeriod', rotationDays: 'rotationPeriod', period: 'rotationPeriod' },
});

/** Options of a factory of `ServiceAccess`. */
export function serviceSource(of: string) {
  return propsShape({
    of,
    kinds: { sourceArns: TEXTS, sourceAccount: TEXT, sourceOrganization: TEXT },
    confused: { sourceArn: 'sourceArns', arn: 'sourceArns', arns: 'sourceArns', account: 'sourceAccount', organization: 'sourceOrganization', sourceOrgId: 'sourceOrganization' },
  });
}

export const CLOUDWATCH_LOGS_ACCESS = propsShape({
  of: 'ServiceAccess.cloudWatchLogs', kinds: { logGroupNames: TEXTS }, confused: { logGroupName: 'logGroupNames', logGroups: 'logGroupNames' },
});

/** Throws where nobody, or nothing, is granted. */
export function checkGrant(path: string, grantee: unknown, actions: readonly string[]): void {
  checkArgument(path, 'grantee', grantee, GRANTEE);
  checkArgument(path, 'actions', actions.length === 0 ? undefined : actions, ACTIONS);
}
