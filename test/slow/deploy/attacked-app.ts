import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, BootstraplessSynthesizer, Stack } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as library from '../../../src';
import { ENV } from '../../support/stack';

/** Keys with administrators and users of their own, and roles whose IAM policies allow far too much. */
function vault(app: App): void {
  const stack = new Stack(app, 'Vault', { env: ENV });
  const [admin, user, glass, stranger] = ['Admin', 'User', 'Glass', 'Stranger'].map((roleName) =>
    new iam.Role(stack, roleName, { roleName, assumedBy: new iam.AccountRootPrincipal() }));
  for (const insider of [admin, user, glass, stranger]) {
    // What a careless administrator of IAM gives away, so that key, bucket and queue have to hold by themselves.
    insider.addToPolicy(new iam.PolicyStatement({ actions: ['kms:*', 's3:*', 'sqs:*', 'sns:*'], resources: ['*'] }));
  }
  const closed = { administrators: [admin], users: [user], trustAccountIdentities: false };
  const key = new library.EncryptionKey(stack, 'Key', { ...closed, breakGlassPrincipals: [glass], alias: 'alias/closed' });
  new library.MultiRegionKey(stack, 'Everywhere', { ...closed, replicaRegions: ['eu-west-1'], alias: 'alias/everywhere' });
  new library.SigningKey(stack, 'Signing', { ...closed, alias: 'alias/signing' });
  new library.MacKey(stack, 'Mac', { ...closed, alias: 'alias/mac' });
  new library.AsymmetricEncryptionKey(stack, 'Asymmetric', { ...closed, alias: 'alias/asymmetric' });
  new library.KeyAgreementKey(stack, 'Agreement', { ...closed, alias: 'alias/agreement' });
  new library.KeyLifecycleMonitor(stack, 'Monitor', { keys: [key] });
}

/** A bucket, a queue, a topic, a log group, a secret, a table, a database and a load balancer under one open key, and a cluster under a key of its own. */
function fort(app: App): void {
  const stack = new Stack(app, 'Fort', { env: ENV });
  const application = new iam.Role(stack, 'Application', { roleName: 'Application', assumedBy: new iam.AccountRootPrincipal() });
  const encryptionKey = new library.EncryptionKey(stack, 'Shared', { alias: 'alias/shared' });
  const bucket = new library.EncryptedBucket(stack, 'Bucket', { encryptionKey });
  const queue = new library.EncryptedQueue(stack, 'Queue', { encryptionKey });
  queue.allowSendFrom(library.MessageSource.bucket(bucket));
  const topic = new library.EncryptedTopic(stack, 'Topic', { encryptionKey });
  topic.allowPublishFrom(library.TopicPublisher.budgets());
  topic.grantPublish(application);
  new library.EncryptedLogGroup(stack, 'LogGroup', { logGroupName: '/fort/api', encryptionKey });
  const secret = new library.EncryptedSecret(stack, 'Secret');
  secret.grantRead(application);
  secret.denyAccountRootDelete();
  const table = new library.EncryptedTable(stack, 'Table', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } });
  table.grantReadData(application);
  bucket.grantReadWrite(application);
  queue.grantSendMessages(application);

  const vpc = new ec2.Vpc(stack, 'Vpc', { natGateways: 0, availabilityZones: ['us-east-1a', 'us-east-1b'] });
  const vpcSubnets = { subnetType: ec2.SubnetType.PRIVATE_ISOLATED };
  new library.EncryptedDatabaseInstance(stack, 'Database', {
    engine: rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_17_9 }),
    encryptionKey,
    vpc,
    vpcSubnets,
    instanceIdentifier: 'fort',
    cloudwatchLogsExports: ['postgresql'],
  });
  new library.EncryptedDatabaseCluster(stack, 'Cluster', {
    engine: rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.VER_17_9 }),
    writer: rds.ClusterInstance.serverlessV2('Writer'),
    readers: [],
    clusterIdentifier: 'fort',
    vpc,
    vpcSubnets,
    cloudwatchLogsExports: ['postgresql'],
  });
  new library.HttpsLoadBalancer(stack, 'LoadBalancer', { vpc, vpcSubnets }).addHttpsListener('Https', {
    certificates: [new acm.Certificate(stack, 'Certificate', { domainName: 'fort.example.com', validation: acm.CertificateValidation.fromDns() })],
    defaultAction: elbv2.ListenerAction.fixedResponse(200),
  });
}

/** The assembly of both, for an account without a bootstrap stack. */
export function attackedApp(): string {
  const context = { 'aws:cdk:enable-path-metadata': true };
  const app = new App({ context, outdir: mkdtempSync(join(tmpdir(), 'attacked-')), defaultStackSynthesizer: new BootstraplessSynthesizer() });
  vault(app);
  fort(app);
  return app.synth().directory;
}
