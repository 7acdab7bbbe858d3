import type { ResourcePolicy } from '../rules/resource-policies';

export const QUEUE_POLICY: ResourcePolicy = { property: 'PolicyDocument', on: ['queue'] };
