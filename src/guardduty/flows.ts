import { byPolicy } from '../flows/finders';
import type { FlowDeclaration } from '../flows/flow';

export const FLOWS: readonly FlowDeclaration[] = [{
  id: 'GuardDutyFindings',
  service: 'Amazon GuardDuty',
  what: 'findings are exported',
  kind: 'bucket',
  direction: 'write',
  types: [],
  foundBy: 'a bucket policy that allows `guardduty.amazonaws.com`',
  principal: '`guardduty.amazonaws.com`',
  sends: 'the key of the publishing destination',
  needs: '`kms:GenerateDataKey*`, `kms:Decrypt` (`aws:SourceAccount`)',
  becomes: 'completed',
  see: 'https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_exportfindings.html',
  find: (estate) => byPolicy(estate, 'guardduty.amazonaws.com', 'bucket'),
}];
