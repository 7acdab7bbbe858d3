import { Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import * as library from '../../src';

type Network = (scope: Stack) => ec2.IVpc;

/** A VPC that is there already: nothing of it is in the template. */
const existing: Network = (scope) => ec2.Vpc.fromVpcAttributes(scope, 'Vpc', {
  vpcId: 'vpc-0123456789abcdef0',
  availabilityZones: ['us-east-1a', 'us-east-1b'],
  isolatedSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
});
const ISOLATED = { subnetType: ec2.SubnetType.PRIVATE_ISOLATED };

/** Each construct that the library exports, in a stack of its own, with the id `It`. */
export const CONSTRUCTS: Record<string, (scope: Stack, vpcOf?: Network) => unknown> = {
  EncryptionKey: (scope) => new library.EncryptionKey(scope, 'It', { alias: 'alias/it' }),
  MultiRegionKey: (scope) => new library.MultiRegionKey(scope, 'It', { replicaRegions: ['eu-west-1'], alias: 'alias/it' }),
  ReplicaKey: (scope) => new library.ReplicaKey(scope, 'It', { primaryKeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/mrk-12ab', alias: 'alias/it' }),
  AsymmetricEncryptionKey: (scope) => new library.AsymmetricEncryptionKey(scope, 'It'),
  SigningKey: (scope) => new library.SigningKey(scope, 'It'),
  MacKey: (scope) => new library.MacKey(scope, 'It'),
  KeyAgreementKey: (scope) => new library.KeyAgreementKey(scope, 'It'),
  KeyLifecycleMonitor: (scope) => new library.KeyLifecycleMonitor(scope, 'It', { keys: [new library.EncryptionKey(scope, 'Key')] }),
  EncryptedBucket: (scope) => new library.EncryptedBucket(scope, 'It').replicateTo(new library.EncryptedBucket(scope, 'Replica')),
  EncryptedQueue: (scope) => new library.EncryptedQueue(scope, 'It'),
  EncryptedTopic: (scope) => {
    const topic = new library.EncryptedTopic(scope, 'It', { encryptionKey: new library.EncryptionKey(scope, 'Key') });
    topic.allowPublishFrom(library.TopicPublisher.alarms());
    topic.allowPublishFrom(library.TopicPublisher.eventBridge());
    topic.addSubscription(new subscriptions.UrlSubscription('https://example.com/orders'));
  },
  EncryptedLogGroup: (scope) => new library.EncryptedLogGroup(scope, 'It'),
  EncryptedSecret: (scope) => new library.EncryptedSecret(scope, 'It').addToResourcePolicy(new iam.PolicyStatement({
    effect: iam.Effect.DENY, principals: [new iam.AccountRootPrincipal()], actions: ['secretsmanager:DeleteSecret'], resources: ['*'],
  })),
  EncryptedTable: (scope) => new library.EncryptedTable(scope, 'It', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } }),
  EncryptedDatabaseInstance: (scope, vpcOf = existing) => new library.EncryptedDatabaseInstance(scope, 'It', {
    engine: rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_17_9 }), vpc: vpcOf(scope), vpcSubnets: ISOLATED, cloudwatchLogsExports: ['postgresql'],
  }),
  EncryptedDatabaseCluster: (scope, vpcOf = existing) => new library.EncryptedDatabaseCluster(scope, 'It', {
    engine: rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.VER_17_9 }),
    writer: rds.ClusterInstance.serverlessV2('Writer'),
    vpc: vpcOf(scope),
    vpcSubnets: ISOLATED,
    cloudwatchLogsExports: ['postgresql'],
  }),
  EncryptedDatabaseInstanceReadReplica: (scope, vpcOf = existing) => {
    const sourceDatabaseInstance = new library.EncryptedDatabaseInstance(scope, 'Source', {
      engine: rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_17_9 }),
      vpc: vpcOf(scope),
      vpcSubnets: ISOLATED,
      cloudwatchLogsExports: [],
      manageMasterUserPassword: false,
    });
    return new library.EncryptedDatabaseInstanceReadReplica(scope, 'It', {
      sourceDatabaseInstance, vpc: sourceDatabaseInstance.vpc, vpcSubnets: ISOLATED, instanceType: new ec2.InstanceType('m6g.large'), cloudwatchLogsExports: ['postgresql'],
    });
  },
  EncryptedDatabaseInstanceFromSnapshot: (scope, vpcOf = existing) => new library.EncryptedDatabaseInstanceFromSnapshot(scope, 'It', {
    engine: rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_17_9 }),
    encryptionKey: new library.EncryptionKey(scope, 'Key'),
    snapshotIdentifier: 'snapshot',
    vpc: vpcOf(scope),
    vpcSubnets: ISOLATED,
    cloudwatchLogsExports: ['postgresql'],
  }),
  EncryptedDatabaseClusterFromSnapshot: (scope, vpcOf = existing) => new library.EncryptedDatabaseClusterFromSnapshot(scope, 'It', {
    engine: rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.VER_17_9 }),
    writer: rds.ClusterInstance.serverlessV2('Writer'),
    snapshotIdentifier: 'snapshot',
    vpc: vpcOf(scope),
    vpcSubnets: ISOLATED,
    cloudwatchLogsExports: ['postgresql'],
  }),
  HttpsLoadBalancer: (scope, vpcOf = existing) => new library.HttpsLoadBalancer(scope, 'It', { vpc: vpcOf(scope) }).addHttpsListener('Https', {
    certificates: [elbv2.ListenerCertificate.fromArn('arn:aws:acm:us-east-1:111122223333:certificate/abc')], defaultAction: elbv2.ListenerAction.fixedResponse(200),
  }),
};
