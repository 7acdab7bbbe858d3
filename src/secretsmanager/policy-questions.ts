import type { ResourcePolicy } from '../rules/resource-policies';

export const SECRET_POLICY: ResourcePolicy = { property: 'ResourcePolicy', on: ['secret'] };
