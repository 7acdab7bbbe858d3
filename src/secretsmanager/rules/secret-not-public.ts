import { strangersMayNothing } from '../../rules/resource-policies';
import { DATA_ACCESS, Rule } from '../../rules/rule';
import { SECRET_EXAMPLES } from '../policy-examples';
import { SECRET_POLICY } from '../policy-questions';

export const rule: Rule = {
  id: 'Encryption-SecretsManagerSecretNotPublic',
  severity: 'error',
  guards: 'access',
  resourceTypes: ['AWS::SecretsManager::ResourcePolicy'],
  info: 'A secret\'s policy must not allow everybody.',
  why: 'Secrets Manager decrypts for anybody who may read the secret.',
  fix: 'Name principals, or limit by aws:PrincipalOrgID, aws:SourceAccount or aws:SourceVpce.',
  see: 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_resource-policies.html',
  controls: DATA_ACCESS,
  examples: SECRET_EXAMPLES.notPublic(),
  check: strangersMayNothing(SECRET_POLICY),
};
