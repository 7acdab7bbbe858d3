import { strangersMayNothing } from '../../rules/resource-policies';
import { DATA_ACCESS, Rule } from '../../rules/rule';
import { TOPIC_EXAMPLES } from '../policy-examples';
import { TOPIC_POLICY } from '../policy-questions';

export const rule: Rule = {
  id: 'Encryption-SnsTopicNotPublic',
  severity: 'error',
  guards: 'access',
  resourceTypes: ['AWS::SNS::TopicPolicy', 'AWS::SNS::TopicInlinePolicy'],
  info: 'A topic policy must not allow everybody.',
  why: 'Whoever may subscribe reads what is published, decrypted by SNS; whoever may publish sends to all subscribers.',
  fix: 'Name principals, or limit by aws:PrincipalOrgID, aws:SourceAccount or aws:SourceVpce.',
  see: 'https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html',
  controls: { fsbp: ['SNS.4'], ...DATA_ACCESS },
  examples: TOPIC_EXAMPLES.notPublic(),
  check: strangersMayNothing(TOPIC_POLICY),
};
