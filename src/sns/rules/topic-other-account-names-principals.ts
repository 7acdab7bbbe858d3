import { otherAccountsNamePrincipals } from '../../rules/resource-policies';
import { DATA_ACCESS, Rule } from '../../rules/rule';
import { TOPIC_EXAMPLES } from '../policy-examples';
import { TOPIC_POLICY } from '../policy-questions';

export const rule: Rule = {
  id: 'Encryption-SnsTopicOtherAccountNamesPrincipals',
  severity: 'warning',
  guards: 'access',
  resourceTypes: ['AWS::SNS::TopicPolicy', 'AWS::SNS::TopicInlinePolicy'],
  info: 'A topic policy should name roles of another account, not the whole account.',
  why: 'An administrator of that account may give the permission to anybody there.',
  fix: 'Name the roles in Principal, or limit by aws:PrincipalArn.',
  see: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html',
  controls: DATA_ACCESS,
  examples: TOPIC_EXAMPLES.otherAccountNamesPrincipals(),
  check: otherAccountsNamePrincipals(TOPIC_POLICY),
};
