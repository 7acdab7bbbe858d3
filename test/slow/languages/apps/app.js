// What each language says in its own words; its template is the one that the others are compared with.
const { App, Duration, Stack, Validations } = require('aws-cdk-lib');
const dynamodb = require('aws-cdk-lib/aws-dynamodb');
const ec2 = require('aws-cdk-lib/aws-ec2');
const elbv2 = require('aws-cdk-lib/aws-elasticloadbalancingv2');
const kinesis = require('aws-cdk-lib/aws-kinesis');
const rds = require('aws-cdk-lib/aws-rds');
const {
  EncryptedBucket, EncryptedDatabaseInstance, EncryptedLogGroup, EncryptedQueue, EncryptedSecret, EncryptedTable, EncryptedTopic, EncryptionAtRest, EncryptionChecks, EncryptionKey,
  HttpsLoadBalancer, MessageSource, MultiRegionKey, ServiceAccess,
} = require('cdk-encryption-constructs');

const env = { account: '111122223333', region: 'us-east-1' };
const app = new App({ analyticsReporting: false, outdir: 'cdk.out' });

const keys = new Stack(app, 'Keys', { env });
new MultiRegionKey(keys, 'Key', { replicaRegions: ['eu-west-1'], alias: 'alias/everywhere' });

const data = new Stack(app, 'Data', { env });
const encryptionKey = new EncryptionKey(data, 'Key', { alias: 'alias/data', rotationPeriod: Duration.days(180), services: [ServiceAccess.sns()] });
const bucket = new EncryptedBucket(data, 'Bucket', { encryptionKey });
const queue = new EncryptedQueue(data, 'Queue', { encryptionKey });
queue.allowSendFrom(MessageSource.bucket(bucket));
new EncryptedTopic(data, 'Topic', { encryptionKey });
new EncryptedTable(data, 'Table', { encryptionKey, partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } });
new EncryptedSecret(data, 'Secret', { encryptionKey });
new EncryptedLogGroup(data, 'LogGroup', { encryptionKey });
new EncryptionAtRest(encryptionKey).applyTo(new kinesis.CfnStream(data, 'Stream', { shardCount: 1 }));

const vpc = new ec2.Vpc(data, 'Vpc', { natGateways: 0, availabilityZones: ['us-east-1a', 'us-east-1b'] });
const vpcSubnets = { subnetType: ec2.SubnetType.PRIVATE_ISOLATED };
new EncryptedDatabaseInstance(data, 'Database', {
  engine: rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_17_9 }),
  encryptionKey,
  vpc,
  vpcSubnets,
});
new HttpsLoadBalancer(data, 'LoadBalancer', { vpc, vpcSubnets }).addHttpsListener('Https', {
  certificates: [elbv2.ListenerCertificate.fromArn('arn:aws:acm:us-east-1:111122223333:certificate/00000000-0000-0000-0000-000000000000')],
  defaultAction: elbv2.ListenerAction.fixedResponse(200),
});

try {
  new EncryptedBucket(data, 'Weak', { enforceSSL: false });
} catch (error) {
  console.log(error.message.split('\n')[0]);
}
Validations.of(app).addPlugins(new EncryptionChecks(app));
app.synth();
