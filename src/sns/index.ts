export * from './encrypted-topic';
export * from './mixins';
export * from './topic-publisher';
