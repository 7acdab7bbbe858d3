export * from './asymmetric-encryption-key';
export * from './encryption-key';
export * from './key-access-props';
export * from './key-agreement-key';
export * from './mac-key';
export * from './mixins';
export * from './service-access';
export * from './signing-key';
