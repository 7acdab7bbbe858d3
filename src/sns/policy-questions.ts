import type { ResourcePolicy } from '../rules/resource-policies';

export const TOPIC_POLICY: ResourcePolicy = { property: 'PolicyDocument', on: ['topic'] };
