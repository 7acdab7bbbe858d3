import { SslPolicy } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { OLD_TLS } from './refusals';
import { TEXT } from '../private/common-kinds';
import { refuse } from '../private/errors';
import { checkArgument } from '../private/props';

/**
 * Which TLS versions and ciphers a listener offers. None goes below TLS 1.2; each is one of ELB's security policies.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
 */
export class TlsProfile {
  /**
   * TLS 1.3 and 1.2 with forward secrecy and authenticated ciphers only, and hybrid post-quantum key exchange (ML-KEM) for
   * clients that support it: traffic recorded today cannot be decrypted by a quantum computer later.
   */
  public static readonly POST_QUANTUM = new TlsProfile(SslPolicy.TLS13_12_RES_PQ);

  /** As `POST_QUANTUM`, without the hybrid key exchange, in FIPS 140-3 validated modules. */
  public static readonly FIPS = new TlsProfile(SslPolicy.FIPS_TLS13_12_RES);

  /** As `POST_QUANTUM`, in FIPS 140-3 validated modules. */
  public static readonly FIPS_POST_QUANTUM = new TlsProfile(SslPolicy.FIPS_TLS13_12_RES_PQ);

  /** TLS 1.3 only, with hybrid post-quantum key exchange: for clients that you control. */
  public static readonly TLS13_ONLY = new TlsProfile(SslPolicy.TLS13_13_PQ);

  /** TLS 1.3 and 1.2 with forward secrecy, CBC ciphers too: for clients from before about 2015. */
  public static readonly COMPATIBLE = new TlsProfile(SslPolicy.TLS13_12_PQ);

  /**
   * Another of ELB's security policies, by its name: one that is newer than this library or than the CDK's `SslPolicy`. An error where
   * it offers TLS 1.1 or older.
   *
   * @param sslPolicy for example `ELBSecurityPolicy-TLS13-1-2-RFC9151-FIPS-2023-07`, the strict policy of CNSA 1.0
   */
  public static of(sslPolicy: string): TlsProfile {
    checkArgument('TlsProfile.of', 'sslPolicy', sslPolicy, TEXT);
    refuse('TlsProfile.of', { sslPolicy: sslPolicy as SslPolicy }, [OLD_TLS]);
    return new TlsProfile(sslPolicy);
  }

  private constructor(
    /** The name of ELB's security policy. */
    public readonly sslPolicy: string,
  ) {}
}
