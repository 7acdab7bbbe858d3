/**
 * Whether a security policy of ELB refuses TLS 1.1 and older. Judged by the parts of the name, so that a policy which AWS
 * adds tomorrow is judged too: `…TLS13-1-2-…` offers 1.2 at the lowest, `…TLS13-1-0-…` offers 1.0.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
 */
export function refusesOldTls(sslPolicy: string): boolean {
  const lowest = /^ELBSecurityPolicy-(?:TLS13|TLS|FS)-1-([0-9])-/.exec(sslPolicy);
  return lowest !== null && Number(lowest[1]) >= 2;
}

/** ELB: "Security policies with PQ in their names offer hybrid post-quantum key exchange." */
export function isPostQuantum(sslPolicy: string): boolean {
  return /^ELBSecurityPolicy-.*-PQ-/.test(sslPolicy);
}
