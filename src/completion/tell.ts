import type { Protection } from './protection';
import type { EncryptionError } from '../private/errors';
import { warnInPlaceOf } from '../private/warn';

/** An error for what was meant by itself, a warning for one of many. */
export function tell({ resource, isOneOfMany }: Protection, error: EncryptionError, refuse: (error: EncryptionError) => void): void {
  if (isOneOfMany()) { warnInPlaceOf(error, resource); } else { refuse(error); }
}
