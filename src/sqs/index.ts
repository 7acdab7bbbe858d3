export * from './encrypted-queue';
export * from './message-source';
export * from './mixins';
