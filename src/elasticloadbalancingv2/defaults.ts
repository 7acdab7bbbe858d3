/** Where in the shared log bucket ELB writes access logs and connection logs. */
export const ACCESS_LOG_PREFIX = 'elb';
export const CONNECTION_LOG_PREFIX = 'elb-connections';
