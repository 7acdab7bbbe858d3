import { shapeOf } from '../flows/estate';
import { actsFor, byPolicy, found } from '../flows/finders';
import type { FlowDeclaration } from '../flows/flow';
import type { Read } from '../template/read';
import type { TemplateResource } from '../template/template';

/**
 * Types that have their logs delivered to S3, and the property that names the bucket; `*` stands for each of a list.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-and-resource-policy.html
 */
const DELIVERED: ReadonlyArray<readonly [type: string, ...path: string[]]> = [
  ['AWS::Logs::DeliveryDestination', 'DestinationResourceArn'],
  ['AWS::Route53Resolver::ResolverQueryLoggingConfig', 'DestinationArn'],
  ['AWS::WAFv2::LoggingConfiguration', 'LogDestinationConfigs'],
  ['AWS::NetworkFirewall::LoggingConfiguration', 'LoggingConfiguration', 'LogDestinationConfigs', '*', 'LogDestination', 'bucketName'],
  ['AWS::MSK::Cluster', 'LoggingInfo', 'BrokerLogs', 'S3', 'Bucket'],
  ['AWS::KafkaConnect::Connector', 'LogDelivery', 'WorkerLogDelivery', 'S3', 'Bucket'],
  ['AWS::Pipes::Pipe', 'LogConfiguration', 'S3LogDestination', 'BucketName'],
  ['AWS::VpcLattice::AccessLogSubscription', 'DestinationArn'],
  ['AWS::EC2::VerifiedAccessInstance', 'LoggingConfigurations', 'S3', 'BucketName'],
  ['AWS::IVSChat::LoggingConfiguration', 'DestinationConfiguration', 'S3', 'BucketName'],
  ['AWS::InternetMonitor::Monitor', 'InternetMeasurementsLogDelivery', 'S3Config', 'BucketName'],
  ['AWS::Evidently::Project', 'DataDelivery', 'S3', 'BucketName'],
];

/** What stands at a path. */
function valuesAt(read: Read, [first, ...rest]: readonly string[]): Read[] {
  if (first === undefined) { return [read]; }
  return first === '*' ? read.items().flatMap((item) => valuesAt(item, rest)) : valuesAt(read.get(first), rest);
}

const KEYED = 'AWS::Logs::LogGroup';

/** The ARN of a log group; without a name it gets one of its stack and logical id. */
function arnOf(group: TemplateResource): string {
  const { account = '${AWS::AccountId}', region = '${AWS::Region}' } = group.owner.surroundings;
  const name = shapeOf(group.get('LogGroupName'))?.replace(/\$\{(?!AWS::)[^}]*\}/g, '*') ?? `\${AWS::StackName}-${group.logicalId}-*`;
  return `arn:\${AWS::Partition}:logs:${region}:${account}:log-group:${name}`;
}

export const FLOWS: readonly FlowDeclaration[] = [{
  id: 'LogGroups',
  service: 'Amazon CloudWatch Logs',
  what: 'log events are encrypted when they come, and decrypted whenever somebody reads them',
  kind: 'logGroup',
  direction: 'write',
  foundBy: `\`${KEYED}\` \`KmsKeyId\``,
  types: [KEYED],
  principal: '`logs.<region>.amazonaws.com`',
  sends: '',
  needs: '`kms:Encrypt`, `kms:Decrypt`, `kms:ReEncrypt*`, `kms:GenerateDataKey*`, `kms:DescribeKey`, limited by the group\'s ARN in the encryption context',
  becomes: 'completed',
  see: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html',
  find: (estate) => estate.ofType(KEYED).filter((group) => group.get('KmsKeyId').kind !== 'absent')
    .map((group) => ({ by: group, target: group, kind: 'logGroup', direction: 'write', party: { kind: 'service', service: 'logs.amazonaws.com', arn: arnOf(group) } })),
}, {
  id: 'VendedLogs',
  service: 'Amazon CloudWatch Logs',
  what: 'vended logs are delivered: Route 53 Resolver query logs, AWS WAF, Amazon MSK, EventBridge Pipes and others',
  kind: 'bucket',
  direction: 'write',
  foundBy: `${DELIVERED.map(([type, ...path]) => `\`${type}\` \`${path.filter((name) => name !== '*').join('.')}\``).join(', ')}; a bucket policy that allows it`,
  types: DELIVERED.map(([type]) => type),
  principal: '`delivery.logs.amazonaws.com`',
  sends: 'nothing',
  needs: '`kms:GenerateDataKey*`, `kms:Decrypt`, `kms:Encrypt`, `kms:ReEncrypt*`, `kms:DescribeKey` (`aws:SourceAccount`, `aws:SourceArn`)',
  becomes: 'completed',
  see: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-vended-logs-permissions.html#AWS-logs-SSE-KMS-S3',
  find: (estate) => [
    ...DELIVERED.flatMap(([type, first, ...path]) => estate.ofType(type).flatMap((source) => valuesAt(source.get(first), path)
      .flatMap((bucket) => found(estate, source, 'bucket', bucket, actsFor('delivery.logs.amazonaws.com', source))))),
    ...byPolicy(estate, 'delivery.logs.amazonaws.com', 'bucket'),
  ],
}];
