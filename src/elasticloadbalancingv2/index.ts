export * from './https-listener';
export * from './https-load-balancer';
export * from './mixins';
export * from './tls-profile';
