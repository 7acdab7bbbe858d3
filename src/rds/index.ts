export * from './backup-copy-options';
export * from './encrypted-database-cluster';
export * from './encrypted-database-cluster-from-snapshot';
export * from './encrypted-database-instance';
export * from './encrypted-database-instance-from-snapshot';
export * from './encrypted-database-instance-read-replica';
export * from './live-database-props';
export * from './mixins';
