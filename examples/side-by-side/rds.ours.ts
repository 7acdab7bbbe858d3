import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as rds from 'aws-cdk-lib/aws-rds';
import { EncryptedDatabaseCluster } from '../../src';

export function ours(stack: Stack, vpc: ec2.IVpc, engine: rds.IClusterEngine): void {
  new EncryptedDatabaseCluster(stack, 'Database', { engine, writer: rds.ClusterInstance.serverlessV2('Writer'), vpc });
}
