export * from './https-listener';
export * from './https-load-balancer';
export * from './listener-domain';
export * from './mixins';
export * from './response-headers';
export * from './tls-profile';
