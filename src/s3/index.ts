export * from './bucket-reader';
export * from './encrypted-bucket';
export * from './mixins';
export * from './replication-options';
