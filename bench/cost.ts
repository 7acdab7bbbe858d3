/**
 * What a month of KMS costs for a stated workload, in USD, computed from AWS's prices: what bucket keys, data-key reuse and shared keys save.
 *
 * Prices: https://aws.amazon.com/kms/pricing/ (us-east-1; a key, and each of its first two rotations, 1 USD a month; 20,000 requests are free).
 */
const PER_KEY = 1;
const PER_REQUEST = 0.03 / 10_000;
const FREE_REQUESTS = 20_000;
const MONTH_SECONDS = 30 * 24 * 3600;

/** The workload: each number is of a month. */
const BUCKETS = 20;
const PUTS = 1_000_000;
const GETS = 5_000_000;
const QUEUES = 20;
const PRODUCERS = 2;
const CONSUMERS = 2;

/** "Up to 99 %": https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html. Without, each object asks once. */
const BUCKET_KEY_SAVES = 0.99;

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html: R = (B / D) * (2 * P + C) */
const queueRequests = (reuseSeconds: number) => (MONTH_SECONDS / reuseSeconds) * (2 * PRODUCERS + CONSUMERS);

function cost(keys: number, rotations: number, bucketKeys: boolean, reuseSeconds: number): number {
  const objects = BUCKETS * (PUTS + GETS) * (bucketKeys ? 1 - BUCKET_KEY_SAVES : 1);
  const requests = objects + QUEUES * queueRequests(reuseSeconds);
  return keys * PER_KEY * (1 + Math.min(rotations, 2)) + Math.max(0, requests - FREE_REQUESTS) * PER_REQUEST;
}

const rows: Array<[string, number]> = [
  ['our defaults, one shared key: bucket keys, data keys reused for 5 minutes', cost(1, 0, true, 300)],
  ['the same after two rotations', cost(1, 2, true, 300)],
  ['data keys reused for 24 hours', cost(1, 0, true, 86_400)],
  ['data keys reused for 1 minute', cost(1, 0, true, 60)],
  ['a key for each bucket and queue', cost(BUCKETS + QUEUES, 0, true, 300)],
  ['a key for each, after two rotations', cost(BUCKETS + QUEUES, 2, true, 300)],
  ['no bucket keys', cost(1, 0, false, 300)],
];
const [[, ours]] = rows;
console.log(`a month of KMS for ${BUCKETS} buckets (${PUTS / 1e6} million puts and ${GETS / 1e6} million gets each) and ${QUEUES} queues `
  + `(${PRODUCERS} producers, ${CONSUMERS} consumers each)`);
for (const [what, usd] of rows) { console.log(`  ${usd.toFixed(2).padStart(8)} USD  ${what}, ratio ${(usd / ours).toFixed(1)}`); }
