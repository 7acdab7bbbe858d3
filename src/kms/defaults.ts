/**
 * How often a key's material is rotated unless the caller says otherwise.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html
 */
export const DEFAULT_ROTATION_DAYS = 365;

/** KMS refuses less and more: EnableKeyRotation, RotationPeriodInDays. */
export const SHORTEST_ROTATION_DAYS = 90;
export const LONGEST_ROTATION_DAYS = 2560;

/**
 * How long a key waits for its deletion: ScheduleKeyDeletion, PendingWindowInDays.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html
 */
export const SHORTEST_PENDING_WINDOW_DAYS = 7;
export const LONGEST_PENDING_WINDOW_DAYS = 30;

/** Less than two weeks pass unnoticed in a holiday. */
export const SHORT_PENDING_WINDOW_DAYS = 14;
