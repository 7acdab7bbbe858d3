/**
 * How long events are kept where the code does not say it: a year, as AWS FSBP CloudWatch.16 asks at least.
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-16
 */
export const RETENTION_DAYS = 365;
