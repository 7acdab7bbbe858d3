import { actsFor, byPolicy, found } from '../flows/finders';
import type { FlowDeclaration } from '../flows/flow';

/** Types that have their logs delivered, and the property that names the bucket. */
const DELIVERED: ReadonlyArray<readonly [type: string, ...path: string[]]> = [
  ['AWS::Logs::DeliveryDestination', 'DestinationResourceArn'],
  ['AWS::Route53Resolver::ResolverQueryLoggingConfig', 'DestinationArn'],
  ['AWS::WAFv2::LoggingConfiguration', 'LogDestinationConfigs'],
  ['AWS::NetworkFirewall::LoggingConfiguration', 'LoggingConfiguration', 'LogDestinationConfigs'],
];

export const FLOWS: readonly FlowDeclaration[] = [{
  id: 'VendedLogs',
  service: 'Amazon CloudWatch Logs',
  what: 'vended logs are delivered: Route 53 Resolver query logs, AWS WAF, Network Load Balancers and others',
  kind: 'bucket',
  direction: 'write',
  foundBy: `${DELIVERED.map(([type, ...path]) => `\`${type}\` \`${path.join('.')}\``).join(', ')}; a bucket policy that allows it`,
  types: DELIVERED.map(([type]) => type),
  principal: '`delivery.logs.amazonaws.com`',
  sends: 'nothing',
  needs: '`kms:GenerateDataKey*`, `kms:Decrypt`, `kms:Encrypt`, `kms:ReEncrypt*`, `kms:DescribeKey` (`aws:SourceAccount`, `aws:SourceArn`)',
  becomes: 'completed',
  see: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-vended-logs-permissions.html#AWS-logs-SSE-KMS-S3',
  find: (estate) => [
    ...DELIVERED.flatMap(([type, ...path]) => estate.ofType(type).flatMap((source) => found(estate, source, 'bucket', source.get(...path), actsFor('delivery.logs.amazonaws.com', source)))),
    ...byPolicy(estate, 'delivery.logs.amazonaws.com', 'bucket'),
  ],
}];
