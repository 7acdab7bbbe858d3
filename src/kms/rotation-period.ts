import type { Duration } from 'aws-cdk-lib';
import { LONGEST_ROTATION_DAYS, SHORTEST_ROTATION_DAYS } from './defaults';
import { EncryptionError } from '../private/errors';
import { knownDays } from '../private/tokens';

/** Throws where KMS would refuse the period at deployment. */
export function checkRotationPeriod(path: string, period: Duration | undefined): void {
  const days = knownDays(period);
  if (days === undefined) { return; }
  if (days < SHORTEST_ROTATION_DAYS || days > LONGEST_ROTATION_DAYS || !Number.isInteger(days)) {
    throw new EncryptionError(path, 'RotationPeriodOutOfRange',
      `'rotationPeriod' must be between ${SHORTEST_ROTATION_DAYS} and ${LONGEST_ROTATION_DAYS} whole days, got ${days} days. Choose a period that KMS accepts.`);
  }
}
