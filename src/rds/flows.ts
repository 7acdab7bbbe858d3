import { rolesFor, writersAs } from '../flows/finders';
import type { FlowDeclaration } from '../flows/flow';

const EXPORTER = 'export.rds.amazonaws.com';

export const FLOWS: readonly FlowDeclaration[] = [{
  id: 'RdsSnapshotExports',
  service: 'Amazon RDS and Aurora',
  what: 'snapshots and clusters are exported, which an API call starts (`StartExportTask`)',
  kind: 'bucket',
  direction: 'write',
  types: ['AWS::IAM::Role'],
  trusted: EXPORTER,
  foundBy: `\`AWS::IAM::Role\` that trusts \`${EXPORTER}\`, and what it may write to`,
  principal: 'the role of the export',
  sends: 'the key that the call names (`KmsKeyId`), always one',
  needs: 'the role: `kms:GenerateDataKey`, `kms:Decrypt` where it is the bucket\'s key; whoever calls: `kms:CreateGrant`, `kms:DescribeKey` of the key that they name',
  becomes: 'completed',
  see: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ExportSnapshot.html',
  find: (estate) => rolesFor(estate, EXPORTER).flatMap((role) => estate.ofKind('bucket')
    .flatMap((bucket) => writersAs(estate, bucket, role).map((writer) => ({ ...writer, by: role, upload: { otherKey: true } })))),
}];
