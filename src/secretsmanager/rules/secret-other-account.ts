import { otherAccountsAreKnown } from '../../rules/resource-policies';
import { DATA_ACCESS, Rule } from '../../rules/rule';
import { SECRET_EXAMPLES } from '../policy-examples';
import { SECRET_POLICY } from '../policy-questions';

export const rule: Rule = {
  id: 'Encryption-SecretsManagerSecretOtherAccount',
  severity: 'info',
  guards: 'access',
  resourceTypes: ['AWS::SecretsManager::ResourcePolicy'],
  info: 'A secret\'s policy names another account: check that it is meant.',
  why: 'What another account may do is decided there too, and changes there are not seen here.',
  fix: 'Remove it, or list the account in trustedAccounts (its organization in trustedOrganizations).',
  see: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html',
  controls: DATA_ACCESS,
  examples: SECRET_EXAMPLES.otherAccount(),
  check: otherAccountsAreKnown(SECRET_POLICY),
};
