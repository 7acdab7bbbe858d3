import { byPolicy } from '../flows/finders';
import type { FlowDeclaration } from '../flows/flow';

export const FLOWS: readonly FlowDeclaration[] = [{
  id: 'MacieResults',
  service: 'Amazon Macie',
  what: 'sensitive data discovery results are stored',
  kind: 'bucket',
  direction: 'write',
  types: [],
  foundBy: 'a bucket policy that allows `macie.amazonaws.com`',
  principal: '`macie.amazonaws.com`',
  sends: 'the key of the export configuration',
  needs: '`kms:GenerateDataKey*`, `kms:Decrypt` (`aws:SourceAccount`)',
  becomes: 'completed',
  see: 'https://docs.aws.amazon.com/macie/latest/user/discovery-results-repository-s3.html',
  find: (estate) => byPolicy(estate, 'macie.amazonaws.com', 'bucket'),
}];
