import type { ResourcePolicy } from '../rules/resource-policies';

/** A policy of the account for log groups, of one log group, and of a destination for other accounts' subscriptions. */
const PROPERTIES = ['PolicyDocument', 'ResourcePolicyDocument', 'DestinationPolicy'];

export const LOG_POLICY: ResourcePolicy = { documents: (resource) => PROPERTIES.map((name) => resource.get(name)), on: ['log group', 'log stream'] };
