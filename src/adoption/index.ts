export * from './encryption-defaults';
