import { byPolicy } from '../flows/finders';
import type { FlowDeclaration } from '../flows/flow';

export const FLOWS: readonly FlowDeclaration[] = [{
  id: 'BudgetsToTopic',
  service: 'AWS Budgets',
  what: 'a budget publishes alerts',
  kind: 'topic',
  direction: 'write',
  types: [],
  foundBy: 'a topic policy that allows `budgets.amazonaws.com`',
  principal: '`budgets.amazonaws.com`',
  sends: '',
  needs: '`kms:GenerateDataKey*`, `kms:Decrypt` (`aws:SourceAccount`)',
  becomes: 'completed',
  see: 'https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-sns-policy.html',
  find: (estate) => byPolicy(estate, 'budgets.amazonaws.com', 'topic'),
}];
