import { Stack, StackProps, Validations } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { SqsDestination } from 'aws-cdk-lib/aws-s3-notifications';
import type { Construct } from 'constructs';
import { EncryptedBucket, EncryptedDatabaseCluster, EncryptedQueue, EncryptionKey, ServiceAccess } from '../../src';

const FLOW_LOGS = '/orders/vpc-flow-logs';

/** Where the order service keeps its data: uploads, the queue that announces them, and the database, under one key. */
export class OrdersDataStack extends Stack {
  public readonly vpc: ec2.Vpc;

  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const key = new EncryptionKey(this, 'Key', {
      alias: 'alias/orders',
      description: 'Encrypts the data of the order service',
      services: [ServiceAccess.cloudWatchLogs({ logGroupNames: [FLOW_LOGS] })],
    });

    this.vpc = new ec2.Vpc(this, 'Vpc', { maxAzs: 2, natGateways: 0 });
    this.vpc.addFlowLog('FlowLogs', {
      destination: ec2.FlowLogDestination.toCloudWatchLogs(new logs.LogGroup(this, 'FlowLogs', {
        logGroupName: FLOW_LOGS,
        encryptionKey: key,
        retention: logs.RetentionDays.ONE_YEAR,
      })),
    });

    const uploads = new EncryptedBucket(this, 'Uploads', { encryptionKey: key });
    const uploaded = new EncryptedQueue(this, 'Uploaded', { encryptionKey: key });
    uploads.addEventNotification(s3.EventType.OBJECT_CREATED, new SqsDestination(uploaded));
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]',
      reason: "The CDK's own function that registers the bucket's event writes its log with it.",
    });

    const database = new EncryptedDatabaseCluster(this, 'Database', {
      encryptionKey: key,
      engine: rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.VER_17_9 }),
      writer: rds.ClusterInstance.serverlessV2('Writer'),
      readers: [rds.ClusterInstance.serverlessV2('Reader', { scaleWithWriter: true })],
      vpc: this.vpc,
      vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
      port: 5442,
      defaultDatabaseName: 'orders',
      cloudwatchLogsExports: ['postgresql'],
    });
    database.connections.allowDefaultPortInternally();
  }
}
