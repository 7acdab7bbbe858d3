import { uploadUnder } from '../codebuild/flows';
import { writersOf } from '../flows/finders';
import type { FlowDeclaration } from '../flows/flow';

export const FLOWS: readonly FlowDeclaration[] = [{
  id: 'CodePipelineArtifacts',
  service: 'AWS CodePipeline',
  what: 'a pipeline and its actions write artifacts',
  kind: 'bucket',
  direction: 'write',
  foundBy: '`AWS::CodePipeline::Pipeline` `ArtifactStore`, `ArtifactStores`, and the roles that may write to its bucket',
  types: ['AWS::CodePipeline::Pipeline'],
  principal: 'the roles of the pipeline and of its actions',
  sends: 'the key of the artifact store; `alias/aws/s3` where it has none',
  needs: 'the roles: `kms:GenerateDataKey`, `kms:Decrypt`',
  becomes: 'completed',
  see: 'https://docs.aws.amazon.com/codepipeline/latest/userguide/S3-artifact-encryption.html',
  find: (estate) => estate.ofType('AWS::CodePipeline::Pipeline').flatMap((pipeline) => {
    const stores = [pipeline.get('ArtifactStore'), ...pipeline.get('ArtifactStores').items().map((each) => each.get('ArtifactStore'))];
    return stores.flatMap((store) => {
      const target = estate.one('bucket', store.get('Location'), pipeline.owner);
      return target ? writersOf(estate, target).map((writer) => ({ ...writer, by: pipeline, upload: uploadUnder(store.get('EncryptionKey', 'Id')) })) : [];
    });
  }),
}];
