export * from './encrypted-table';
export * from './mixins';
