/** Accounts and organizations besides the own ones that a policy may name. */
export interface Trusted {
  /** Account numbers. */
  readonly accounts: readonly string[];
  /** Ids as `o-abc1234567`. */
  readonly organizations: readonly string[];
}

const areTexts = (value: unknown, pattern: RegExp) => Array.isArray(value) && value.every((item) => typeof item === 'string' && pattern.test(item));

export const areAccounts = (value: unknown) => areTexts(value, /^\d{12}$/);
export const areOrganizations = (value: unknown) => areTexts(value, /^o-[a-z0-9]{10,32}$/);
