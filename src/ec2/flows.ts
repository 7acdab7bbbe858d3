import { actsFor, found } from '../flows/finders';
import type { FlowDeclaration } from '../flows/flow';

export const FLOWS: readonly FlowDeclaration[] = [{
  id: 'VpcFlowLogs',
  service: 'Amazon VPC',
  what: 'a flow log is delivered to a bucket',
  kind: 'bucket',
  direction: 'write',
  foundBy: '`AWS::EC2::FlowLog` `LogDestination`',
  types: ['AWS::EC2::FlowLog'],
  principal: '`delivery.logs.amazonaws.com`',
  sends: 'nothing',
  needs: '`kms:GenerateDataKey*`, `kms:Decrypt`, `kms:Encrypt`, `kms:ReEncrypt*`, `kms:DescribeKey` (`aws:SourceAccount`, `aws:SourceArn`)',
  becomes: 'completed',
  see: 'https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-cmk-policy.html',
  find: (estate) => estate.ofType('AWS::EC2::FlowLog').flatMap((log) => found(estate, log, 'bucket', log.get('LogDestination'), actsFor('delivery.logs.amazonaws.com', log))),
}];
