import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fullDiff, ResourceImpact } from '@aws-cdk/cloudformation-diff';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as library from '../src';

const PAGE = join(__dirname, '..', 'docs', 'database-swap.md');
const ENV = { account: '111122223333', region: 'us-east-1' };
const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

interface Parts { readonly scope: Stack; readonly key: kms.IKey; readonly inVpc: { vpc: ec2.IVpc; vpcSubnets: ec2.SubnetSelection } }
type Swap = (parts: Parts) => { plain: () => unknown; ours: (live: { adoptsLiveDatabase?: boolean }) => unknown };

const POSTGRES = rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_17_9 });
const AURORA = rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.VER_17_9 });
const writer = () => rds.ClusterInstance.serverlessV2('Writer');

/** A live database of each class as code often has it: under a customer-managed key, with nothing said of name, port and user. */
const SWAPS: Record<string, Swap> = {
  EncryptedDatabaseInstance: ({ scope, key, inVpc }) => ({
    plain: () => new rds.DatabaseInstance(scope, 'Db', { engine: POSTGRES, storageEncryptionKey: key, ...inVpc }),
    ours: (live) => new library.EncryptedDatabaseInstance(scope, 'Db', { engine: POSTGRES, encryptionKey: key, ...inVpc, ...live }),
  }),
  EncryptedDatabaseCluster: ({ scope, key, inVpc }) => ({
    plain: () => new rds.DatabaseCluster(scope, 'Db', { engine: AURORA, writer: writer(), storageEncryptionKey: key, ...inVpc }),
    ours: (live) => new library.EncryptedDatabaseCluster(scope, 'Db', { engine: AURORA, writer: writer(), encryptionKey: key, ...inVpc, ...live }),
  }),
  EncryptedDatabaseInstanceFromSnapshot: ({ scope, key, inVpc }) => ({
    plain: () => new rds.DatabaseInstanceFromSnapshot(scope, 'Db', { engine: POSTGRES, snapshotIdentifier: 'orders', ...inVpc }),
    ours: (live) => new library.EncryptedDatabaseInstanceFromSnapshot(scope, 'Db', { engine: POSTGRES, snapshotIdentifier: 'orders', encryptionKey: key, ...inVpc, ...live }),
  }),
  EncryptedDatabaseClusterFromSnapshot: ({ scope, key, inVpc }) => ({
    plain: () => new rds.DatabaseClusterFromSnapshot(scope, 'Db', { engine: AURORA, snapshotIdentifier: 'orders', writer: writer(), storageEncryptionKey: key, ...inVpc }),
    ours: (live) => new library.EncryptedDatabaseClusterFromSnapshot(scope, 'Db', { engine: AURORA, snapshotIdentifier: 'orders', writer: writer(), encryptionKey: key, ...inVpc, ...live }),
  }),
  EncryptedDatabaseInstanceReadReplica: ({ scope, key, inVpc }) => {
    const sourceDatabaseInstance = rds.DatabaseInstance.fromDatabaseInstanceAttributes(scope, 'Source', {
      instanceIdentifier: 'orders', instanceEndpointAddress: 'orders.example', port: 5432, securityGroups: [], engine: POSTGRES,
    });
    const props = { sourceDatabaseInstance, instanceType: new ec2.InstanceType('m6g.large'), ...inVpc };
    return {
      plain: () => new rds.DatabaseInstanceReadReplica(scope, 'Db', props),
      ours: (live) => new library.EncryptedDatabaseInstanceReadReplica(scope, 'Db', { ...props, encryptionKey: key, ...live }),
    };
  },
};

function templateOf(swap: Swap, live?: { adoptsLiveDatabase?: boolean }): any {
  const app = new App({ context: { '@aws-cdk/core:newStyleStackSynthesis': false, '@aws-cdk/aws-rds:preventRenderingDeprecatedCredentials': true } });
  const scope = new Stack(app, 'Stack', { env: ENV });
  const vpc = ec2.Vpc.fromVpcAttributes(scope, 'Vpc', {
    vpcId: 'vpc-0123456789abcdef0', availabilityZones: ['us-east-1a', 'us-east-1b'], isolatedSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
  });
  const { plain, ours } = swap({ scope, key: kms.Key.fromKeyArn(scope, 'Key', KEY), inVpc: { vpc, vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED } } });
  if (live) { ours(live); } else { plain(); }
  return Template.fromStack(scope).toJSON();
}

const IMPACT: Partial<Record<ResourceImpact, string>> = {
  [ResourceImpact.WILL_REPLACE]: '**replaces the database**',
  [ResourceImpact.MAY_REPLACE]: 'in place, perhaps with a reboot (`cdk diff` says: may be replaced)',
  [ResourceImpact.WILL_UPDATE]: 'in place',
};

export interface Change { readonly property: string; readonly impact: ResourceImpact }

/** What a swap changes of the database itself, and which kinds of resources it adds. */
export function swapOf(construct: string, live: { adoptsLiveDatabase?: boolean }): { changes: Change[]; added: string[]; removed: string[] } {
  const swap = SWAPS[construct];
  const resources = fullDiff(templateOf(swap), templateOf(swap, live)).resources;
  const result = { changes: new Map<string, ResourceImpact>(), added: new Set<string>(), removed: new Set<string>() };
  resources.forEachDifference((logicalId, difference) => {
    if (difference.isAddition) { result.added.add(difference.newResourceType!); }
    if (difference.isRemoval) { result.removed.add(difference.oldResourceType!); }
    if (!difference.isUpdate || !/^Db[0-9A-F]{8}$/.test(logicalId)) { return; }
    for (const [property, update] of Object.entries(difference.propertyUpdates)) {
      result.changes.set(property, (update.changeImpact ?? ResourceImpact.WILL_UPDATE) as ResourceImpact);
    }
  });
  const changes = [...result.changes].map(([property, impact]) => ({ property, impact })).sort((a, b) => a.property.localeCompare(b.property));
  return { changes, added: [...result.added].sort(), removed: [...result.removed].sort() };
}

export const SWAPPED = Object.keys(SWAPS);

const rows = (construct: string) => {
  const [fresh, live] = [swapOf(construct, {}), swapOf(construct, { adoptsLiveDatabase: true })];
  const impactOf = (changes: Change[], property: string) => {
    const change = changes.find((candidate) => candidate.property === property);
    return change ? IMPACT[change.impact] ?? change.impact : 'stays';
  };
  const properties = [...new Set([...fresh.changes, ...live.changes].map(({ property }) => property))].sort();
  return [
    `## ${construct}`,
    '',
    '| property of the database | swap of the class alone | with `adoptsLiveDatabase: true` |',
    '| --- | --- | --- |',
    ...properties.map((property) => `| \`${property}\` | ${impactOf(fresh.changes, property)} | ${impactOf(live.changes, property)} |`),
    `| added beside it | ${types(fresh.added)} | ${types(live.added)} |`,
    `| removed | ${types(fresh.removed)} | ${types(live.removed)} |`,
    '',
  ];
};

const types = (names: string[]) => names.map((name) => `\`${name.replace(/^AWS::/, '')}\``).join(', ') || 'nothing';

/** docs/database-swap.md: what aws-cdk's own diff says of each swap. */
export function databaseSwapMarkdown(): string {
  return [
    '# Can I swap the class of a live database?',
    '',
    '<!-- Generated by `npx projen database-swap`. Do not edit. -->',
    '',
    '**Do not swap the class of a live database**, unless you say `adoptsLiveDatabase: true`, give its own key, and `cdk diff` shows no replacement.',
    'CloudFormation replaces a database by an empty one when its identifier, its port, its master user, or the key of its storage changes, and a new',
    '`EncryptedDatabaseInstance` or `EncryptedDatabaseCluster` has its own.',
    '',
    '1. **Is it under a customer-managed key?** If not, no swap is in place. Copy a snapshot under a key (`aws rds copy-db-snapshot --kms-key-id`), and restore it with',
    '   `EncryptedDatabaseInstanceFromSnapshot` or `EncryptedDatabaseClusterFromSnapshot` under a new id.',
    '2. Keep the id of the construct, and give every prop that the plain one has: `instanceIdentifier` or `clusterIdentifier`, `port`, `credentials`, `databaseName`, `characterSetName`,',
    '   `vpcSubnets`, `subnetGroup`, `storageType`, `timezone`, `snapshotIdentifier`. A prop that the plain code leaves out, leave out here.',
    '3. Give the key as `encryptionKey` (in plain code it is `storageEncryptionKey`), and `adoptsLiveDatabase: true`.',
    '4. Run `cdk diff`. Stop at *replace* or *destroy* of a database. *May be replaced* of `DBParameterGroupName` or `OptionGroupName` is an update in place with a reboot: create a change set',
    '   and see `Replacement: False`.',
    '5. Exported logs: RDS made their log groups without a key. Run `aws logs associate-kms-key --log-group-name /aws/rds/… --kms-key-id …`.',
    '',
    'What `aws-cdk`\'s own diff says, for a plain database under a customer-managed key whose code gives no name, port and user:',
    '',
    ...SWAPPED.flatMap(rows),
  ].join('\n').trimEnd() + '\n';
}

if (require.main === module) { writeFileSync(PAGE, databaseSwapMarkdown()); }
