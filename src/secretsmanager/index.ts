export * from './encrypted-secret';
export * from './mixins';
