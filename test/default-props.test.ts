import { Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as rds from 'aws-cdk-lib/aws-rds';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks, PCIDSS321Checks } from 'cdk-nag';
import * as library from '../src';
import { synthAndValidate } from './support/cloudformation-validator';
import { controlTower } from './support/control-tower';
import { ENV, stack } from './support/stack';

/** Every construct with nothing but what it must be given. */
function withDefaultProps(scope: Stack): void {
  const vpc = ec2.Vpc.fromVpcAttributes(scope, 'Vpc', {
    vpcId: 'vpc-0123456789abcdef0',
    availabilityZones: ['us-east-1a', 'us-east-1b'],
    isolatedSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
  });
  const vpcSubnets = { subnetType: ec2.SubnetType.PRIVATE_ISOLATED };
  const certificates = [elbv2.ListenerCertificate.fromArn('arn:aws:acm:us-east-1:111122223333:certificate/00000000-0000-0000-0000-000000000000')];
  const key = new library.EncryptionKey(scope, 'Key');
  new library.KeyLifecycleMonitor(scope, 'Monitor', { keys: [key] });
  new library.EncryptedBucket(scope, 'Bucket');
  new library.EncryptedQueue(scope, 'Queue');
  new library.EncryptedTopic(scope, 'Topic');
  new library.EncryptedLogGroup(scope, 'LogGroup');
  new library.EncryptedSecret(scope, 'Secret');
  new library.EncryptedTable(scope, 'Table', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } });
  new library.EncryptedDatabaseInstance(scope, 'Instance', {
    engine: rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_17_9 }), vpc, vpcSubnets,
  });
  // RDS makes no read replica of an instance whose password it manages, which is the default.
  const sourceDatabaseInstance = rds.DatabaseInstance.fromDatabaseInstanceAttributes(scope, 'Source', {
    instanceIdentifier: 'orders',
    instanceEndpointAddress: 'orders.example',
    port: 15432,
    securityGroups: [],
    engine: rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_17_9 }),
  });
  new library.EncryptedDatabaseInstanceReadReplica(scope, 'ReadReplica', {
    sourceDatabaseInstance, encryptionKey: key, instanceType: new ec2.InstanceType('m6g.large'), vpc, vpcSubnets,
  });
  new library.EncryptedDatabaseInstanceFromSnapshot(scope, 'RestoredInstance', {
    engine: rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_17_9 }), snapshotIdentifier: 'snapshot', encryptionKey: key, vpc, vpcSubnets,
  });
  new library.EncryptedDatabaseClusterFromSnapshot(scope, 'RestoredCluster', {
    engine: rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.VER_17_9 }),
    snapshotIdentifier: 'snapshot',
    writer: rds.ClusterInstance.serverlessV2('Writer'),
    vpc,
    vpcSubnets,
  });
  new library.EncryptedDatabaseInstance(scope, 'Oracle', {
    engine: rds.DatabaseInstanceEngine.oracleSe2({ version: rds.OracleEngineVersion.VER_19_0_0_0_2025_10_R1 }),
    licenseModel: rds.LicenseModel.LICENSE_INCLUDED,
    vpc,
    vpcSubnets,
  });
  new library.EncryptedDatabaseCluster(scope, 'Cluster', {
    engine: rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.VER_17_9 }),
    writer: rds.ClusterInstance.serverlessV2('Writer'),
    vpc,
    vpcSubnets,
  });
  new library.HttpsLoadBalancer(scope, 'Alb', { vpc, vpcSubnets })
    .addHttpsListener('Https', { certificates, defaultAction: elbv2.ListenerAction.fixedResponse(200) });
}

/** What default props do not do, and why: neither encryption nor the protection of data. */
const EXCEPTIONS: Record<string, string> = {
  'AwsSolutions-SMG4': 'How a secret rotates depends on what it opens: `addRotationSchedule`.',
  'SecretsManagerRotationEnabled': 'How a secret rotates depends on what it opens: `addRotationSchedule`.',
  'AwsSolutions-EC23': 'Who may reach a load balancer is its owner\'s to say (`open`, `securityGroup`).',
  'S3BucketReplicationEnabled': 'A second Region is a choice, and costs as much again.',
  'RDSInBackupPlan': 'Automated backups are on; a plan of AWS Backup belongs to the account.',
  'ELBv2ACMCertificateRequired': 'Of the listener on port 80, which speaks HTTP and only redirects.',
  'ALBWAFEnabled': 'A web application firewall filters requests; it encrypts nothing.',
};

const scope = stack(ENV);
withDefaultProps(scope);
const { assembly, findings } = synthAndValidate(scope.node.root as never);

test('the CDK\'s CloudFormation validator has no findings', () => {
  expect(findings).toEqual([]);
});

test.each([
  ['EncryptionChecks', library.EncryptionChecks], ['AwsSolutions', AwsSolutionsChecks], ['HIPAA', HIPAASecurityChecks], ['NIST 800-53 r5', NIST80053R5Checks],
  ['PCI DSS', PCIDSS321Checks],
] as const)('%s passes with default props, but for what concerns neither encryption nor data', (_, Pack) => {
  const failed = new Pack().validateScope(scope).violations.map(({ ruleName }) => ruleName.replace(/^(HIPAA\.Security|NIST\.800\.53\.R5|PCI\.DSS\.321)-/, ''));
  expect(failed.filter((rule) => !EXCEPTIONS[rule])).toEqual([]);
});

test('every proactive control of AWS Control Tower for these resources passes, but for those with a reason', () => {
  const numbered = (service: string, numbers: number[]) => numbers.map((n) => `CT.${service}.PR.${n}`);
  const { failed } = controlTower([assembly.getStackByName('Stack').templateFullPath], [
    ...numbered('KMS', [1, 2, 3]),
    ...numbered('S3', [1, 2, 3, 4, 5, 6, 8, 9, 10, 11]),
    ...numbered('SQS', [1, 2]),
    ...numbered('RDS', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 16, 20, 21, 22, 23, 24, 25, 27, 28, 29, 30]),
    ...numbered('ELASTICLOADBALANCING', [1, 2, 3, 4, 5, 6]),
  ]);
  const logs = expect.stringMatching(/^SharedAccessLogs/);
  expect(failed).toEqual({
    // Log delivery can write to no bucket under KMS, and a log of the log would never end.
    'CT.S3.PR.10': [logs],
    'CT.S3.PR.2': [logs],
    // They know neither the log of IAM authentication nor that of Aurora's instances, and refuse them: see docs/compliance.md.
    'CT.RDS.PR.14': expect.arrayContaining([expect.stringMatching(/^Instance/)]),
    'CT.RDS.PR.25': expect.arrayContaining([expect.stringMatching(/^Cluster/)]),
    // RDS restores an instance under the key of its snapshot; CloudFormation refuses another.
    'CT.RDS.PR.30': [expect.stringMatching(/^RestoredInstance/)],
    // Event notifications and Object Lock are the application's to choose.
    'CT.S3.PR.4': [expect.stringMatching(/^Bucket/), logs],
    'CT.S3.PR.9': [expect.stringMatching(/^Bucket/), logs],
  });
});
