import { Token } from 'aws-cdk-lib';
import { requiresTls, tlsParameterOf } from './tls-parameters';
import { isStrongEnough, tlsVersionParametersOf } from './tls-versions';
import { EncryptionError, show } from '../private/errors';

/** Throws where parameters say that TLS is not required, or that an old version of it is accepted. */
export function refuseWeakTls(path: string, prop: string, parameters: Record<string, unknown>, family: string, engineVersion?: string): void {
  // What only the deployment knows is a token, or, where the parameters are resolved, an intrinsic function.
  const known = ([, value]: [string, unknown]) => value !== undefined && typeof value !== 'object' && !Token.isUnresolved(value);
  for (const [name, value] of Object.entries(parameters).filter(known)) {
    if (name === tlsParameterOf(family)?.name && !requiresTls(value)) {
      throw new EncryptionError(path, 'DatabaseMustRequireTls',
        `'${prop}' cannot set ${name} to ${show(value)}: the database would accept connections without TLS. `
        + 'Leave the parameter out; it is then set to require TLS.');
    }
    const weak = tlsVersionParametersOf(family, engineVersion).find((parameter) => parameter.name === name && !isStrongEnough(parameter, value));
    if (weak) {
      throw new EncryptionError(path, 'DatabaseMustRefuseOldTls',
        `'${prop}' cannot set ${name} to ${show(value)}: the database would accept TLS older than 1.2, or a weak cipher. `
        + `Leave the parameter out${weak.set ? `; it is then set to ${weak.set}` : ''}, or choose ${weak.list ? 'of ' : ''}${weak.allowed.filter(Boolean).join(', ')}.`);
    }
  }
}

/** The parameters that require TLS 1.2 or newer, with their values; those of one kind of group, or of all. */
export function secureParameters(family: string, { engineVersion, group }: { engineVersion?: string; group?: 'cluster' | 'instance' } = {}): Record<string, string> {
  const required = tlsParameterOf(family);
  const parameters = [...(required ? [{ ...required, set: required.on }] : []), ...tlsVersionParametersOf(family, engineVersion)];
  return Object.fromEntries(parameters.flatMap(({ name, set, group: own }) =>
    // A Multi-AZ cluster that is not Aurora has the instance's parameters in its cluster's group.
    (set === undefined || (group === 'instance' && own === 'cluster') ? [] : [[name, set]])));
}
