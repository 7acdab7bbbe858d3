import type * as rds from 'aws-cdk-lib/aws-rds';
import { ENCRYPTION_SERVER, NETWORK_ENCRYPTION, NETWORK_ENCRYPTION_SETTINGS, REQUIRED, SSL_OPTION } from './oracle-options';
import { EncryptionError, show } from '../private/errors';

type Options = rds.CfnOptionGroup.OptionConfigurationProperty[];

/** The options with the one that requires encryption; its settings that are given stay. Throws where one contradicts it. */
export function withRequiredOption(path: string, configurations: Options = []): Options {
  refuseWeakOptions(path, configurations);
  const others = configurations.filter(({ optionName }) => optionName !== NETWORK_ENCRYPTION);
  const own = configurations.find(({ optionName }) => optionName === NETWORK_ENCRYPTION);
  const given = settingsOf(own);
  const missing = Object.entries(NETWORK_ENCRYPTION_SETTINGS).filter(([name]) => !given.some((setting) => setting.name === name));
  return [...others, { ...own, optionName: NETWORK_ENCRYPTION, optionSettings: [...given, ...missing.map(([name, value]) => ({ name, value }))] }];
}

function refuseWeakOptions(path: string, configurations: Options): void {
  if (configurations.some(({ optionName }) => optionName === SSL_OPTION)) {
    throw new EncryptionError(path, 'DatabaseMustEncryptConnections',
      `'optionGroup' cannot have the option ${SSL_OPTION}: it opens a second port and leaves the first one in the clear, and RDS refuses it `
      + `beside ${NETWORK_ENCRYPTION}. Leave the option out; every connection is then encrypted by ${NETWORK_ENCRYPTION}.`);
  }
  const server = settingOf(configurations, ENCRYPTION_SERVER);
  if (server !== undefined && server.toUpperCase() !== REQUIRED) {
    throw new EncryptionError(path, 'DatabaseMustEncryptConnections',
      `'optionGroup' cannot set ${ENCRYPTION_SERVER} to ${show(server)}: the database would accept connections in the clear. `
      + `Leave the setting out; it is then ${REQUIRED}.`);
  }
}

function settingOf(configurations: Options, setting: string): string | undefined {
  const option = configurations.find(({ optionName }) => optionName === NETWORK_ENCRYPTION);
  return settingsOf(option).find(({ name }) => name === setting)?.value;
}

function settingsOf(option: Options[number] | undefined): rds.CfnOptionGroup.OptionSettingProperty[] {
  return (option?.optionSettings ?? []) as rds.CfnOptionGroup.OptionSettingProperty[];
}
