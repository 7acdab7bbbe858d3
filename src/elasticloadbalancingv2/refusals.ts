import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { refusesOldTls } from './ssl-policies';
import type { Refusal } from '../private/errors';
import { knownAtSynth } from '../private/tokens';

/** A security policy that offers TLS 1.1 or older. */
export const OLD_TLS: Refusal<{ readonly sslPolicy?: elbv2.SslPolicy }> = {
  prop: 'sslPolicy',
  code: 'ListenerTlsTooOld',
  refuses: (value) => knownAtSynth(value) !== undefined && !refusesOldTls(value),
  because: 'it offers TLS 1.1 or older (AWS FSBP ELB.17)',
  remedy: 'Leave it out, or choose a `tlsProfile`',
};
