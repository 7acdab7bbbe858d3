export * from './encrypted-log-group';
export * from './mixins';
