import type * as route53 from 'aws-cdk-lib/aws-route53';

/** A certificate that ACM makes, validates by a record in the hosted zone, and renews. */
export interface ListenerDomain {
  /** The name that clients connect to, for example `shop.example.com` or `*.example.com`. */
  readonly domainName: string;

  /**
   * The public hosted zone of the name, in which ACM's validation record is written.
   *
   * @see https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html
   */
  readonly hostedZone: route53.IHostedZone;

  /**
   * More names, all in the hosted zone.
   *
   * @default - none
   */
  readonly subjectAlternativeNames?: string[];
}
