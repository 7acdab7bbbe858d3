export * from './adoption';
export * from './checks/encryption-checks';
export * from './elasticloadbalancingv2';
export * from './kms';
export * from './rds';
export * from './s3';
export * from './sqs';
