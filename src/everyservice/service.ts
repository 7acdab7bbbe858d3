import { resourcePolicyRule } from './resource-policy-rule';
import { rulesOf } from './table-rules';
import type { Service } from '../rules/service-declaration';
import { ENCRYPTION_TABLE } from '../table/encryption-table';

/** Every resource type of the table, but for what a service's own folder says of it. */
export const service: Service = {
  name: 'everyservice',
  title: 'Every other AWS service',
  protects: {},
  rules: [...rulesOf(ENCRYPTION_TABLE), resourcePolicyRule],
};
