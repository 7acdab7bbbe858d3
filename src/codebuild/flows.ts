import type { Estate } from '../flows/estate';
import { writersWithRole } from '../flows/finders';
import type { Found, FlowDeclaration } from '../flows/flow';
import type { Read } from '../template/read';

/** `alias/aws/s3`, by name or by ARN: the key that AWS manages for S3. */
const AWS_KEY = /(^|[:/])alias\/aws\/s3$/;

/** What a service that names a key always sends: that key, or the AWS-managed one where it is left out. */
export function uploadUnder(key: Read): { readonly key?: Read; readonly otherKey?: boolean } {
  return key.kind === 'absent' || (key.kind === 'value' && AWS_KEY.test(key.text)) ? { otherKey: true } : { key };
}

export const FLOWS: readonly FlowDeclaration[] = [{
  id: 'CodeBuildArtifacts',
  service: 'AWS CodeBuild',
  what: 'a project writes artifacts, logs, its cache and reports',
  kind: 'bucket',
  direction: 'write',
  foundBy: '`AWS::CodeBuild::Project` `Artifacts`, `SecondaryArtifacts`, `Cache`, `LogsConfig`, and what its role may write to',
  types: ['AWS::CodeBuild::Project'],
  principal: 'the service role',
  sends: '`EncryptionKey`; `alias/aws/s3` where it is left out (inferred: no page says which header)',
  needs: 'the role: `kms:GenerateDataKey`, `kms:Decrypt`',
  becomes: 'completed',
  see: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-codebuild-project.html#cfn-codebuild-project-encryptionkey',
  find: (estate) => estate.ofType('AWS::CodeBuild::Project').flatMap((project) => writersByRole(estate, project.get('ServiceRole'))
    .map((writer): Found => ({ ...writer, by: project, upload: uploadUnder(project.get('EncryptionKey')) }))),
}];

/** All buckets to which a role may write. */
function writersByRole(estate: Estate, role: Read): Found[] {
  return estate.ofKind('bucket').flatMap((bucket) => writersWithRole(estate, bucket, role));
}
