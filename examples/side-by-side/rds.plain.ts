import { Aws, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as rds from 'aws-cdk-lib/aws-rds';
import { plainKey } from './key.plain';

export function plain(stack: Stack, vpc: ec2.IVpc, engine: rds.IClusterEngine): void {
  const key = plainKey(stack, 'DatabaseKey', 'Encrypts the database cluster Stack/Database');
  key.addToResourcePolicy(new iam.PolicyStatement({
    sid: 'CloudWatchLogs',
    principals: [new iam.ServicePrincipal(`logs.${stack.region}.${Aws.URL_SUFFIX}`)],
    actions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
    resources: ['*'],
    conditions: {
      ArnLike: {
        'kms:EncryptionContext:aws:logs:arn': [`arn:${Aws.PARTITION}:logs:${stack.region}:${stack.account}:log-group:/aws/rds/*`],
      },
    },
  }));
  const clusterIdentifier = 'stack-database-b0b7a87a';
  const cloudwatchLogsExports = ['postgresql', 'iam-db-auth-error', 'instance'];
  // Before the database, or RDS would make them without a key.
  const logGroups = cloudwatchLogsExports.map((type) => new logs.LogGroup(stack, `DatabaseLogs-${type}`, {
    logGroupName: `/aws/rds/cluster/${clusterIdentifier}/${type}`,
    encryptionKey: key,
    retention: logs.RetentionDays.ONE_YEAR,
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  }));
  const caCertificate = rds.CaCertificate.RDS_CA_RSA2048_G1;
  const cluster = new rds.DatabaseCluster(stack, 'Database', {
    engine,
    clusterIdentifier,
    writer: rds.ClusterInstance.serverlessV2('Writer', { caCertificate, publiclyAccessible: false }),
    readers: [rds.ClusterInstance.serverlessV2('Reader', { caCertificate, publiclyAccessible: false, scaleWithWriter: true })],
    vpc,
    storageEncryptionKey: key,
    credentials: rds.Credentials.fromUsername('dbadmin', { encryptionKey: key }),
    manageMasterUserPassword: true,
    iamAuthentication: true,
    port: 15432,
    parameters: { 'rds.force_ssl': '1', 'ssl_min_protocol_version': 'TLSv1.2' },
    backup: { retention: Duration.days(7) },
    copyTagsToSnapshot: true,
    deletionProtection: true,
    monitoringInterval: Duration.seconds(60),
    cloudwatchLogsExports,
  });
  cluster.node.defaultChild!.node.addDependency(...logGroups);
}
