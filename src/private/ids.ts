import { TEXT } from './common-kinds';
import { EncryptionError } from './errors';
import { checkArgument } from './props';
import { knownAtSynth } from './tokens';

/** Throws where a text is not the id of an account. */
export function checkAccountId(path: string, accountId: string): void {
  checkArgument(path, 'accountId', accountId, TEXT);
  if (knownAtSynth(accountId) !== undefined && !/^\d{12}$/.test(accountId)) {
    throw new EncryptionError(path, 'AccountIdMalformed',
      `'accountId' must be 12 digits, got '${accountId}'. Give the account's id, not its name or ARN.`);
  }
}

/** Throws where a text is not the id of an organization. */
export function checkOrganizationId(path: string, organizationId: string): void {
  checkArgument(path, 'organizationId', organizationId, TEXT);
  if (knownAtSynth(organizationId) !== undefined && !/^o-[a-z0-9]{10,32}$/.test(organizationId)) {
    throw new EncryptionError(path, 'OrganizationIdMalformed',
      `'organizationId' must look like o-a1b2c3d4e5, got '${organizationId}'. Give the id of the organization, not of its root or an account.`);
  }
}
