/**
 * How long SQS reuses a data key before it asks KMS for the next: 1 minute to 24 hours. Five minutes is SQS's own default;
 * said here, so that it is seen in the template and cannot change.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html#sqs-how-does-the-data-key-reuse-period-work
 */
export const DATA_KEY_REUSE_SECONDS = 300;
export const SHORTEST_DATA_KEY_REUSE_SECONDS = 60;
export const LONGEST_DATA_KEY_REUSE_SECONDS = 86_400;

/** How often a message is received before it goes to the dead-letter queue. */
export const MAX_RECEIVE_COUNT = 3;

/** The longest that SQS keeps a message: time to look into a dead-letter queue. */
export const DEAD_LETTER_RETENTION_DAYS = 14;
