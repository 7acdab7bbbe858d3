import * as cdk from 'aws-cdk-lib';
import { by, Declare, MAIN, Make, may, role } from './old-app-parts';

/** Copies of data: replication, backups, exports of database snapshots; and what the role that deploys does with a key. */
export function copies(data: cdk.Stack, make: Make, flow: Declare): void {
  replication(data, make, flow);
  backups(data, make, flow);
  snapshotExports(data, make, flow);
  volumes(data, flow);
  make.table(data, 'OrderTable');
  flow('the role that CloudFormation deploys with makes a table', /Data\/OrderTable|CloudFormation/, (w) => {
    const table = w.all('AWS::DynamoDB::GlobalTable')[0];
    const key = table.props.Replicas[0].SSESpecification?.KMSMasterKeyId;
    const deployer = w.roleBeside('cdk-hnb659fds-cfn-exec-role-111122223333-us-east-1', MAIN.account, ['*']);
    const via = { 'kms:ViaService': 'dynamodb.us-east-1.amazonaws.com' };
    return key && ask(w, key, deployer, [['kms:DescribeKey', via], ['kms:Decrypt', via], ['kms:CreateGrant', { ...via, 'kms:GrantIsForAWSResource': 'true' }]]);
  });
}

/** Why one of several requests to a key is denied. */
async function ask(
  w: any, key: string, who: unknown, requests: ReadonlyArray<readonly [action: string, context: Record<string, string>]>,
): Promise<string | undefined> {
  const answers = await Promise.all(requests.map(([action, context]): Promise<string | undefined> => w.useKey(key, [action], who, context, MAIN)));
  return answers.find(Boolean);
}

function replication(data: cdk.Stack, make: Make, flow: Declare): void {
  make.replicated(data, 'Replicated', new make.Bucket(data, 'Replica', { versioned: true }));
  flow('replication', /replicat/i, async (w) => {
    const [rule] = w.at('Data/Replicated').props.ReplicationConfiguration.Rules;
    const leavesOut = w.underKms('Data/Replicated') && rule.SourceSelectionCriteria?.SseKmsEncryptedObjects?.Status !== 'Enabled';
    if (leavesOut) { return 'the rule leaves out what is under SSE-KMS'; }
    const key = rule.Destination.EncryptionConfiguration?.ReplicaKmsKeyID;
    const as = 'Data/Replicated/ReplicationRole';
    return key && await ask(w, key, w.who(as), [['kms:Encrypt', { 'kms:ViaService': 's3.us-east-1.amazonaws.com', 'kms:EncryptionContext:aws:s3:arn': w.arnOf(w.at('Data/Replica')) }]]);
  });
}

function backups(data: cdk.Stack, make: Make, flow: Declare): void {
  const events = new make.Topic(data, 'BackupEvents');
  new cdk.aws_backup.BackupVault(data, 'Vault', { notificationTopic: events });
  flow('events of a backup vault', /backup\.amazonaws/, (w) => w.publishes({ topic: 'Data/BackupEvents', as: 'backup.amazonaws.com', source: by('arn:aws:backup:us-east-1:111122223333:backup-vault:any') }));
  const files = new make.Bucket(data, 'BackedUp', { versioned: true });
  const keeper = role(data, 'Backup', 'backup.amazonaws.com');
  keeper.addToPolicy(may(['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject'], files.arnForObjects('*')));
  flow('backups and restores of a bucket', /Data\/Backup/, async (w) => await w.reads({ bucket: 'Data/BackedUp', as: 'Data/Backup' }) ?? w.writes({ bucket: 'Data/BackedUp', as: 'Data/Backup' }));
}

/** The call that starts an export names the key: another one than the bucket's, or that one. */
function snapshotExports(data: cdk.Stack, make: Make, flow: Declare): void {
  const bucket = new make.Bucket(data, 'Exports');
  role(data, 'Export', 'export.rds.amazonaws.com').addToPolicy(may(['s3:PutObject*', 's3:GetObject*', 's3:ListBucket', 's3:DeleteObject*', 's3:GetBucketLocation'], bucket.bucketArn, bucket.arnForObjects('*')));
  const theirOwn = 'arn:aws:kms:us-east-1:111122223333:key/12345678-1234-1234-1234-123456789012';
  const upload = { bucket: 'Data/Exports', as: 'Data/Export', key: 'export/x.parquet' };
  flow('an export of a database snapshot under a key of its own', /Data\/Export/, (w) => w.writes({ ...upload, header: theirOwn, otherKey: true }));
  flow('an export of a database snapshot under the key of the bucket', /Data\/Export/, (w) => w.writes({ ...upload, header: w.bucketEncryption(w.at('Data/Exports'))?.keyArn ?? theirOwn, otherKey: true }));
}

/** Auto Scaling launches with a role that nobody can give a policy. */
function volumes(data: cdk.Stack, flow: Declare): void {
  const { aws_ec2: ec2, aws_autoscaling: autoscaling } = cdk;
  const launchTemplate = new ec2.LaunchTemplate(data, 'Servers', {
    machineImage: ec2.MachineImage.genericLinux({ 'us-east-1': 'ami-12345678' }),
    instanceType: new ec2.InstanceType('t3.micro'),
    blockDevices: [{ deviceName: '/dev/xvda', volume: ec2.BlockDeviceVolume.ebs(8) }],
  });
  new autoscaling.AutoScalingGroup(data, 'Fleet', { vpc: new ec2.Vpc(data, 'Vpc', { natGateways: 0, maxAzs: 2 }), launchTemplate, vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC } });
  flow('an Auto Scaling group', /autoscaling/i, (w) => {
    const key = w.at('Data/Servers').props.LaunchTemplateData.BlockDeviceMappings[0].Ebs.KmsKeyId;
    const linked = w.roleBeside('aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling', MAIN.account);
    return key && ask(w, key, linked, [['kms:GenerateDataKeyWithoutPlaintext', {}], ['kms:Decrypt', {}], ['kms:CreateGrant', { 'kms:GrantIsForAWSResource': 'true' }]]);
  });
}
