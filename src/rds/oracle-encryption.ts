import type * as rds from 'aws-cdk-lib/aws-rds';
import {
  ENCRYPTION_SERVER, isStrongSetting, LISTS_IN_COMMON, NETWORK_ENCRYPTION, NETWORK_ENCRYPTION_SETTINGS, SSL_OPTION,
} from './oracle-options';
import { EncryptionError, show } from '../private/errors';

type Options = rds.CfnOptionGroup.OptionConfigurationProperty[];
type Settings = rds.CfnOptionGroup.OptionSettingProperty[];

/** The settings of the option that this library makes itself. */
export const REQUIRED_SETTINGS: Readonly<Record<string, string>> = Object.fromEntries(
  NETWORK_ENCRYPTION_SETTINGS.flatMap(({ name, set }) => (set === undefined ? [] : [[name, set]])));

/** Throws where an option, or a setting of one, contradicts what is required. */
export function refuseWeakOptions(path: string, configurations: Options = []): void {
  refuseSslOption(path, configurations);
  const required = withRequiredOption(configurations).find(({ optionName }) => optionName === NETWORK_ENCRYPTION);
  refuseWeakSettings(path, required!.optionSettings as Settings);
}

/** The options with the one that requires encryption; its settings that are given stay. */
export function withRequiredOption(configurations: Options = []): Options {
  const others = configurations.filter(({ optionName }) => optionName !== NETWORK_ENCRYPTION);
  // An option that is added twice is one, with the settings of both.
  const own = configurations.filter(({ optionName }) => optionName === NETWORK_ENCRYPTION);
  const given = own.flatMap(({ optionSettings }) => (optionSettings ?? []) as Settings);
  const missing = Object.entries(REQUIRED_SETTINGS).filter(([name]) => !given.some((setting) => setting.name?.toUpperCase() === name));
  const settings = [...given, ...missing.map(([name, value]) => ({ name, value }))];
  return [...others, { ...own[0], optionName: NETWORK_ENCRYPTION, optionSettings: settings }];
}

function refuseSslOption(path: string, configurations: Options): void {
  if (!configurations.some(({ optionName }) => optionName === SSL_OPTION)) { return; }
  throw new EncryptionError(path, 'DatabaseMustEncryptConnections',
    `'optionGroup' cannot have the option ${SSL_OPTION}: it opens a second port and leaves the first one unencrypted, and RDS refuses it `
    + `beside ${NETWORK_ENCRYPTION}. Leave the option out; every connection is then encrypted by ${NETWORK_ENCRYPTION}.`);
}

function refuseWeakSettings(path: string, settings: Settings): void {
  // A value that only the deployment knows is resolved to an intrinsic function, and not compared.
  const known = settings.flatMap(({ name, value }) => (typeof name === 'string' && typeof value === 'string' ? [[name.toUpperCase(), value] as const] : []));
  const values = new Map(known);
  for (const [name, value] of known) {
    const setting = NETWORK_ENCRYPTION_SETTINGS.find((each) => each.name === name);
    if (!setting || isStrongSetting(setting, value)) { continue; }
    throw new EncryptionError(path, 'DatabaseMustEncryptConnections',
      `'optionGroup' cannot set ${setting.name} to ${show(value)}: the database would accept connections ${setting.name === ENCRYPTION_SERVER
        ? 'in the clear' : 'with weak encryption, or that may be changed on their way'}. `
      + `Leave the setting out${setting.set ? `; it is then ${setting.set}` : ''}, or choose ${setting.list ? 'of ' : ''}${setting.allowed.join(', ')}.`);
  }
  for (const [server, client] of LISTS_IN_COMMON) {
    const [ofServer, ofClient] = [values.get(server)?.split(','), values.get(client)?.split(',')];
    if (ofServer && ofClient && !ofServer.some((algorithm) => ofClient.includes(algorithm))) {
      throw new EncryptionError(path, 'OracleAlgorithmsDoNotMatch',
        `'optionGroup' cannot set ${client} to ${show(values.get(client))} beside ${server} ${show(values.get(server))}: RDS wants one algorithm that `
        + 'both have. Add one to either list.');
    }
  }
}
