import { otherAccountsNamePrincipals } from '../../rules/resource-policies';
import { DATA_ACCESS, Rule } from '../../rules/rule';
import { SECRET_EXAMPLES } from '../policy-examples';
import { SECRET_POLICY } from '../policy-questions';

export const rule: Rule = {
  id: 'Encryption-SecretsManagerSecretOtherAccountNamesPrincipals',
  severity: 'warning',
  guards: 'access',
  resourceTypes: ['AWS::SecretsManager::ResourcePolicy'],
  info: 'A secret\'s policy should name roles of another account, not the whole account.',
  why: 'An administrator of that account may give the permission to anybody there.',
  fix: 'Name the roles in Principal, or limit by aws:PrincipalArn.',
  see: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html',
  controls: DATA_ACCESS,
  examples: SECRET_EXAMPLES.otherAccountNamesPrincipals(),
  check: otherAccountsNamePrincipals(SECRET_POLICY),
};
