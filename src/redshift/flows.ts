import { found, byPolicy } from '../flows/finders';
import type { FlowDeclaration } from '../flows/flow';

const AUDIT_LOGS = { kind: 'outside', name: 'Amazon Redshift audit logs', reason: 'Redshift writes audit logs only to a bucket under SSE-S3' } as const;

export const FLOWS: readonly FlowDeclaration[] = [{
  id: 'RedshiftAuditLogs',
  service: 'Amazon Redshift',
  what: 'a cluster writes audit logs',
  kind: 'bucket',
  direction: 'write',
  types: ['AWS::Redshift::Cluster'],
  foundBy: '`AWS::Redshift::Cluster` `LoggingProperties.BucketName`; a bucket policy that allows `redshift.amazonaws.com`',
  principal: '`redshift.amazonaws.com`',
  sends: 'nothing',
  needs: 'cannot write to a bucket under a customer-managed key',
  becomes: 'left',
  see: 'https://docs.aws.amazon.com/redshift/latest/mgmt/db-auditing.html#db-auditing-manage-log-files',
  find: (estate) => [
    ...estate.ofType('AWS::Redshift::Cluster').flatMap((cluster) => found(estate, cluster, 'bucket', cluster.get('LoggingProperties', 'BucketName'), AUDIT_LOGS)),
    ...byPolicy(estate, 'redshift.amazonaws.com', 'bucket').filter(({ direction }) => direction === 'write').map((each) => ({ ...each, party: AUDIT_LOGS })),
  ],
}];
