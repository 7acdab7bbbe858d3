import { otherAccountsOnlyUse } from '../../rules/resource-policies';
import { DATA_ACCESS, Rule } from '../../rules/rule';
import { SECRET_EXAMPLES } from '../policy-examples';
import { SECRET_POLICY } from '../policy-questions';

export const rule: Rule = {
  id: 'Encryption-SecretsManagerSecretOtherAccountUsesOnly',
  severity: 'error',
  guards: 'access',
  resourceTypes: ['AWS::SecretsManager::ResourcePolicy'],
  info: 'A secret\'s policy must not allow another account more than use.',
  why: 'Whoever may change the secret\'s policy decides who reads it; whoever may delete or replicate it takes it out of your hands.',
  fix: 'List the actions that the account needs, without those that change, delete or share.',
  see: 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_resource-policies.html',
  controls: DATA_ACCESS,
  examples: SECRET_EXAMPLES.otherAccountUsesOnly(),
  check: otherAccountsOnlyUse(SECRET_POLICY),
};
