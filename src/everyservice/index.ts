export * from './encryption-at-rest';
