import { servicesActForOurs } from '../../rules/resource-policies';
import { DATA_ACCESS, Rule } from '../../rules/rule';
import { SECRET_EXAMPLES } from '../policy-examples';
import { SECRET_POLICY } from '../policy-questions';

export const rule: Rule = {
  id: 'Encryption-SecretsManagerSecretServiceSource',
  severity: 'warning',
  guards: 'access',
  resourceTypes: ['AWS::SecretsManager::ResourcePolicy'],
  info: 'A secret\'s policy should say for whom an AWS service acts.',
  why: 'Without a source condition the service reads the secret for somebody else\'s resources too (confused deputy).',
  fix: 'Add aws:SourceAccount or aws:SourceArn.',
  see: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html',
  controls: DATA_ACCESS,
  examples: SECRET_EXAMPLES.serviceSource('appflow.amazonaws.com'),
  check: servicesActForOurs(SECRET_POLICY),
};
