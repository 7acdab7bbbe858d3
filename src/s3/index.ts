export * from './encrypted-bucket';
export * from './mixins';
