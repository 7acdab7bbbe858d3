import { strangersMayNothing } from '../../rules/resource-policies';
import { DATA_ACCESS, Rule } from '../../rules/rule';
import { LOG_GROUP_EXAMPLES } from '../policy-examples';
import { LOG_POLICY } from '../policy-questions';

export const rule: Rule = {
  id: 'Encryption-LogsPolicyNotPublic',
  severity: 'error',
  guards: 'access',
  resourceTypes: ['AWS::Logs::ResourcePolicy', 'AWS::Logs::LogGroup', 'AWS::Logs::Destination'],
  info: 'A resource policy of CloudWatch Logs must not allow everybody.',
  why: 'Logs have what applications print: names, tokens, addresses; CloudWatch Logs decrypts them for whoever may read.',
  fix: 'Name principals, or limit by aws:PrincipalOrgID, aws:SourceAccount or aws:SourceVpce.',
  see: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html',
  controls: DATA_ACCESS,
  examples: LOG_GROUP_EXAMPLES.notPublic(),
  check: strangersMayNothing(LOG_POLICY),
};
