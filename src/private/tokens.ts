import { Duration, Token } from 'aws-cdk-lib';

/** The text itself when it is known at synth; `undefined` for a token, which must never be compared as if it were its value. */
export function knownAtSynth(value: string | undefined): string | undefined {
  return value === undefined || Token.isUnresolved(value) ? undefined : value;
}

/** The days of a duration when they are known at synth. */
export function knownDays(value: Duration | undefined): number | undefined {
  return value === undefined || value.isUnresolved() ? undefined : value.toDays({ integral: false });
}
