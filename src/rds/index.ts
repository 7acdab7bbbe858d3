export * from './encrypted-database-cluster';
export * from './encrypted-database-instance';
export * from './mixins';
