export * from './encryption-key';
export * from './mixins';
export * from './service-access';
