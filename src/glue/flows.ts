import { shapeOf } from '../flows/estate';
import { writersWithRole } from '../flows/finders';
import type { FlowDeclaration } from '../flows/flow';

/** A job or crawler, with the security configuration that says how it encrypts. */
const USERS: ReadonlyArray<readonly [type: string, configuration: string]> = [
  ['AWS::Glue::Job', 'SecurityConfiguration'], ['AWS::Glue::Crawler', 'CrawlerSecurityConfiguration'], ['AWS::Glue::DevEndpoint', 'SecurityConfiguration'],
];

export const FLOWS: readonly FlowDeclaration[] = [{
  id: 'GlueOutput',
  service: 'AWS Glue',
  what: 'a job or crawler with a security configuration writes data',
  kind: 'bucket',
  direction: 'write',
  types: ['AWS::Glue::SecurityConfiguration', ...USERS.map(([type]) => type)],
  foundBy: '`AWS::Glue::SecurityConfiguration` `S3Encryptions`, and what the roles of the jobs that use it may write to',
  principal: 'the role of the job',
  sends: '`AES256` (`SSE-S3`) or the configuration\'s key (`SSE-KMS`)',
  needs: 'the role: `kms:GenerateDataKey`, `kms:Decrypt`',
  becomes: 'completed',
  see: 'https://docs.aws.amazon.com/glue/latest/dg/encryption-security-configuration.html',
  find: (estate) => estate.ofType('AWS::Glue::SecurityConfiguration').flatMap((configuration) => {
    const [encryption] = configuration.get('EncryptionConfiguration', 'S3Encryptions').items();
    const mode = encryption && shapeOf(encryption.get('S3EncryptionMode'));
    const upload = mode === 'SSE-S3' ? { plain: true } : mode === 'SSE-KMS' ? { key: encryption.get('KmsKeyArn') } : undefined;
    const users = USERS.flatMap(([type, property]) => estate.ofType(type).filter((job) => {
      const used = job.get(property);
      return used.kind === 'value' && (used.target === configuration || used.text === shapeOf(configuration.get('Name')));
    }));
    return upload ? users.flatMap((job) => estate.ofKind('bucket').flatMap((bucket) => writersWithRole(estate, bucket, job.get('Role')))
      .map((writer) => ({ ...writer, by: configuration, upload }))) : [];
  }),
}];
