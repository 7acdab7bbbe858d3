import { Token } from 'aws-cdk-lib';
import { requiresTls } from './tls-parameters';
import { EncryptionError, show } from '../private/errors';

/** Throws where parameters say that TLS is not required. */
export function refuseTlsOff(path: string, prop: string, parameters: Record<string, unknown>, name: string): void {
  const value = parameters[name];
  if (value !== undefined && !Token.isUnresolved(value) && !requiresTls(value)) {
    throw new EncryptionError(path, 'DatabaseMustRequireTls',
      `'${prop}' cannot set ${name} to ${show(value)}: the database would accept connections without TLS. `
      + 'Leave the parameter out; it is then set to require TLS.');
  }
}
