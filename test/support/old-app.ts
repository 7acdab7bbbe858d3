import { App, Duration, Stack } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as codebuild from 'aws-cdk-lib/aws-codebuild';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as redshift from 'aws-cdk-lib/aws-redshift';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { ENV } from './stack';

/**
 * More than twenty resources as old code has them: L1s and L2s of every service, some insecure on purpose, some stronger than
 * anything that is asked for. `before` runs on the app before the first resource is made.
 */
export function oldApp(before: (app: App) => void = () => undefined): Stack {
  const app = new App();
  before(app);
  const stack = new Stack(app, 'Old', { env: ENV });
  const reader = new iam.Role(stack, 'Reader', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });

  const ownKey = new kms.Key(stack, 'OwnKey', { enableKeyRotation: true, rotationPeriod: Duration.days(90) });
  new kms.Key(stack, 'LazyKey');
  new kms.CfnKey(stack, 'L1Key');

  const logs = new s3.Bucket(stack, 'Logs', { accessControl: s3.BucketAccessControl.LOG_DELIVERY_WRITE, objectOwnership: s3.ObjectOwnership.OBJECT_WRITER });
  new s3.Bucket(stack, 'Plain', { serverAccessLogsBucket: logs }).grantRead(reader);
  new s3.Bucket(stack, 'Keyed', { encryptionKey: ownKey, enforceSSL: true, minimumTLSVersion: 1.3 });
  new s3.Bucket(stack, 'Double', { encryption: s3.BucketEncryption.DSSE, encryptionKey: ownKey });
  new s3.Bucket(stack, 'OwnKeys', { encryption: s3.BucketEncryption.S3_MANAGED });
  new s3.Bucket(stack, 'PlainHttp', { enforceSSL: false });
  new s3.CfnBucket(stack, 'L1Bucket', { versioningConfiguration: { status: 'Enabled' } });

  const dead = new sqs.Queue(stack, 'Dead');
  new sqs.Queue(stack, 'Queue', { deadLetterQueue: { queue: dead, maxReceiveCount: 5 } }).grantSendMessages(reader);
  new sqs.Queue(stack, 'KeyedQueue', { encryptionMasterKey: ownKey, dataKeyReuse: Duration.hours(1) });
  new sqs.Queue(stack, 'Fifo', { fifo: true });
  new sqs.Queue(stack, 'SqsManaged', { encryption: sqs.QueueEncryption.SQS_MANAGED });
  new sqs.CfnQueue(stack, 'L1Queue');

  const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-0123456789abcdef0',
    availabilityZones: ['us-east-1a', 'us-east-1b'],
    isolatedSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
    publicSubnetIds: ['subnet-0123456789abcdef2', 'subnet-0123456789abcdef3'],
  });
  const vpcSubnets = { subnetType: ec2.SubnetType.PRIVATE_ISOLATED };
  const engine = rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_17_9 });
  new rds.DatabaseInstance(stack, 'Database', { engine, vpc, vpcSubnets });
  new rds.DatabaseInstance(stack, 'KeyedDatabase', { engine, vpc, vpcSubnets, storageEncryptionKey: ownKey, parameters: { work_mem: '8192' } });
  new rds.DatabaseCluster(stack, 'Cluster', {
    engine: rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.VER_17_9 }), vpc, vpcSubnets, writer: rds.ClusterInstance.serverlessV2('Writer'),
  });
  new rds.CfnDBParameterGroup(stack, 'L1Parameters', { family: 'mysql8.0', description: 'old', parameters: { max_connections: '100' } });

  const alb = new elbv2.ApplicationLoadBalancer(stack, 'Alb', { vpc, vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC } });
  const certificates = [elbv2.ListenerCertificate.fromArn('arn:aws:acm:us-east-1:111122223333:certificate/00000000-0000-0000-0000-000000000000')];
  const defaultAction = elbv2.ListenerAction.fixedResponse(200);
  alb.addListener('Https', { port: 443, certificates, defaultAction });
  alb.addListener('OldTls', { port: 8443, certificates, defaultAction, sslPolicy: elbv2.SslPolicy.TLS13_10 });
  alb.addListener('Tls13', { port: 9443, protocol: elbv2.ApplicationProtocol.HTTPS, certificates, defaultAction, sslPolicy: elbv2.SslPolicy.TLS13_13 });
  alb.addListener('Forward', { port: 80, defaultAction });
  alb.addListener('Redirect', { port: 8080, defaultAction: elbv2.ListenerAction.redirect({ protocol: 'HTTPS', port: '443' }) });
  otherServices(stack, reader, vpc);
  return stack;
}

/** What the table of all services puts under the key, in place or not. */
function otherServices(stack: Stack, reader: iam.Role, vpc: ec2.IVpc): void {
  new kinesis.Stream(stack, 'Stream').grantRead(reader);
  new lambda.Function(stack, 'Function', { runtime: lambda.Runtime.NODEJS_LATEST, handler: 'index.handler', code: lambda.Code.fromInline('x'), environment: { A: 'b' } });
  new sfn.StateMachine(stack, 'Machine', { definitionBody: sfn.DefinitionBody.fromString('{}') });
  new codebuild.Project(stack, 'Project', {
    buildSpec: codebuild.BuildSpec.fromObject({ version: '0.2' }), artifacts: codebuild.Artifacts.s3({ bucket: new s3.Bucket(stack, 'Output'), name: 'a' }),
  });
  new ec2.LaunchTemplate(stack, 'Launch', { blockDevices: [{ deviceName: '/dev/xvda', volume: ec2.BlockDeviceVolume.ebs(8) }] });
  new redshift.CfnCluster(stack, 'Warehouse', { clusterType: 'single-node', dbName: 'x', masterUsername: 'x', nodeType: 'ra3.large' });
  new efs.FileSystem(stack, 'Files', { vpc, vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED } });
  new ecr.Repository(stack, 'Repository');
  new backup.BackupVault(stack, 'Vault');
  new opensearch.Domain(stack, 'Search', { version: opensearch.EngineVersion.OPENSEARCH_2_19 });
  new elasticache.CfnReplicationGroup(stack, 'Cache', { replicationGroupDescription: 'x' });
}

/** A synthesized template, read once the stack is complete. */
export function templateOf(stack: Stack): { Resources: Record<string, { Type: string; Properties?: any }> } {
  return (stack.node.root as App).synth().getStackByName(stack.stackName).template;
}
