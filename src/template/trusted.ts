/** Accounts and organizations besides the own ones that a policy may name. */
export interface Trusted {
  /** Account numbers. */
  readonly accounts: readonly string[];
  /** Ids as `o-abc1234567`. */
  readonly organizations: readonly string[];
}
