/**
 * Why S3 cannot notify a FIFO queue, and what to do.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html
 */
export const S3_NOT_TO_FIFO = 'S3 sends event notifications to standard queues only. Send them to EventBridge, and from a rule there to the queue';
