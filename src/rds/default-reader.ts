import * as rds from 'aws-cdk-lib/aws-rds';

/**
 * A second instance in another zone, unless the caller says which readers they want (`[]` for none): serverless, and always as
 * large as the writer that it may have to replace. A Multi-AZ cluster that is not Aurora has its readers by itself.
 *
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-15
 */
export function defaultReaders({ engine, writer, instances, readers }: rds.DatabaseClusterProps): rds.IClusterInstance[] | undefined {
  if (readers || instances !== undefined || !writer || !engine.engineType.startsWith('aurora')) { return readers; }
  return [rds.ClusterInstance.serverlessV2('Reader', { scaleWithWriter: true })];
}
