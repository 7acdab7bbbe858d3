import { writersOf } from '../flows/finders';
import type { FlowDeclaration } from '../flows/flow';
import type { Read } from '../template/read';

/** What a work group makes Athena send with each result; `undefined` where it leaves it to the bucket. */
function uploadOf(encryption: Read): { readonly plain?: boolean; readonly key?: Read; readonly otherKey?: boolean } | undefined {
  const option = encryption.get('EncryptionOption');
  if (option.kind !== 'value') { return undefined; }
  const key = encryption.get('KmsKey');
  return option.is('SSE_S3') ? { plain: true } : option.is('SSE_KMS') ? key.kind === 'absent' ? { otherKey: true } : { key } : undefined;
}

export const FLOWS: readonly FlowDeclaration[] = [{
  id: 'AthenaResults',
  service: 'Amazon Athena',
  what: 'queries of a work group write results, with the rights of whoever runs them',
  kind: 'bucket',
  direction: 'write',
  foundBy: '`AWS::Athena::WorkGroup` `ResultConfiguration`, and the roles that may write to its bucket',
  types: ['AWS::Athena::WorkGroup'],
  principal: 'the role that runs the query',
  sends: '`AES256` (`SSE_S3`) or the work group\'s key (`SSE_KMS`)',
  needs: 'the role: `kms:GenerateDataKey`, `kms:Decrypt`',
  becomes: 'completed',
  see: 'https://docs.aws.amazon.com/athena/latest/ug/encrypting-query-results-stored-in-s3.html',
  find: (estate) => estate.ofType('AWS::Athena::WorkGroup').flatMap((group) => {
    const result = group.get('WorkGroupConfiguration', 'ResultConfiguration');
    const upload = uploadOf(result.get('EncryptionConfiguration'));
    const target = estate.one('bucket', result.get('OutputLocation'), group.owner);
    return target && upload ? writersOf(estate, target).map((writer) => ({ ...writer, by: group, upload })) : [];
  }),
}];
