import { Stack, StackProps, Validations } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { SqsDestination } from 'aws-cdk-lib/aws-s3-notifications';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import {
  EncryptedBucket, EncryptedDatabaseCluster, EncryptedLogGroup, EncryptedQueue, EncryptedSecret, EncryptedTable, EncryptedTopic, EncryptionKey,
  ServiceAccess,
} from '../../src';

/**
 * Where the order service keeps its data, under one key: uploads and the queue that announces them, carts, the database, invoices in a file system, the key of
 * its payment partner, the topic that tells people of trouble, logs, and the backups of it all.
 */
export class OrdersDataStack extends Stack {
  public readonly vpc: ec2.Vpc;

  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const key = new EncryptionKey(this, 'Key', {
      alias: 'alias/orders',
      description: 'Encrypts the data of the order service',
      services: [ServiceAccess.backup()],
    });

    this.vpc = new ec2.Vpc(this, 'Vpc', { maxAzs: 2, natGateways: 0 });
    this.vpc.addFlowLog('FlowLogs', {
      destination: ec2.FlowLogDestination.toCloudWatchLogs(new EncryptedLogGroup(this, 'FlowLogs', { encryptionKey: key })),
    });

    const uploads = new EncryptedBucket(this, 'Uploads', { encryptionKey: key });
    const uploaded = new EncryptedQueue(this, 'Uploaded', { encryptionKey: key });
    uploads.addEventNotification(s3.EventType.OBJECT_CREATED, new SqsDestination(uploaded));
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]',
      reason: "The CDK's own function that registers the bucket's event writes its log with it.",
    });

    // What waits in the dead-letter queue was lost for a customer: people are told.
    const trouble = new EncryptedTopic(this, 'Trouble', { encryptionKey: key });
    trouble.addSubscription(new EmailSubscription('orders-team@example.com'));
    uploaded.deadLetterQueue!.queue.metricApproximateNumberOfMessagesVisible().createAlarm(this, 'DeadLetters', { threshold: 1, evaluationPeriods: 1 })
      .addAlarmAction(new SnsAction(trouble));

    const carts = new EncryptedTable(this, 'Carts', { encryptionKey: key, partitionKey: { name: 'customer', type: dynamodb.AttributeType.STRING } });
    const partner = new EncryptedSecret(this, 'PaymentPartner', { encryptionKey: key, description: 'The API key of the payment partner' });
    Validations.of(partner).acknowledge({ id: 'AwsSolutions-SMG4', reason: 'The partner gives out a new API key once a year, by hand.' });

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

    // Of file systems and vaults this library has no constructs: the key is a prop of theirs.
    const invoices = new efs.FileSystem(this, 'Invoices', {
      vpc: this.vpc,
      vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
      encrypted: true,
      kmsKey: key,
    });
    invoices.addToResourcePolicy(new iam.PolicyStatement({
      sid: 'DenyPlainNfs',
      effect: iam.Effect.DENY,
      principals: [new iam.AnyPrincipal()],
      actions: ['elasticfilesystem:Client*'],
      conditions: { Bool: { 'aws:SecureTransport': 'false' } },
    }));

    const backups = new backup.BackupVault(this, 'Backups', { encryptionKey: key, blockRecoveryPointDeletion: true });
    const daily = new backup.BackupPlan(this, 'Daily', { backupVault: backups, backupPlanRules: [backup.BackupPlanRule.daily()] });
    daily.addSelection('Data', { resources: [backup.BackupResource.fromEfsFileSystem(invoices), backup.BackupResource.fromDynamoDbTable(carts)] });
    Validations.of(daily).acknowledge({
      id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup]',
      reason: 'AWS Backup makes backups with it; AWS adds to it when a service needs more.',
    });
  }
}
