import { writersWithRole } from '../flows/finders';
import type { FlowDeclaration } from '../flows/flow';

export const FLOWS: readonly FlowDeclaration[] = [{
  id: 'DmsTargets',
  service: 'AWS DMS',
  what: 'a task writes data files to an S3 endpoint',
  kind: 'bucket',
  direction: 'write',
  types: ['AWS::DMS::Endpoint'],
  foundBy: '`AWS::DMS::Endpoint` `S3Settings.BucketName`, and what its role may write to',
  principal: 'the service access role',
  sends: '`AES256` unless `EncryptionMode` is `SSE_KMS`; then `ServerSideEncryptionKmsKeyId`',
  needs: 'the role: `kms:GenerateDataKey`, `kms:Decrypt`',
  becomes: 'completed',
  see: 'https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Target.S3.html#CHAP_Target.S3.KMSKeys',
  find: (estate) => estate.ofType('AWS::DMS::Endpoint').flatMap((endpoint) => {
    const settings = endpoint.get('S3Settings');
    const target = estate.one('bucket', settings.get('BucketName'), endpoint.owner);
    const withKey = settings.get('EncryptionMode').match({ value: (mode) => /kms/i.test(mode.text), absent: () => false, unknown: () => false });
    const upload = withKey ? { key: settings.get('ServerSideEncryptionKmsKeyId') } : { plain: true };
    return target ? writersWithRole(estate, target, settings.get('ServiceAccessRoleArn')).map((writer) => ({ ...writer, by: endpoint, upload })) : [];
  }),
}];
