import { ENCRYPTION_SERVER, isOracle, isStrongSetting, NETWORK_ENCRYPTION, NETWORK_ENCRYPTION_SETTINGS, REQUIRED } from './oracle-options';
import { Check, fail, NOT_APPLICABLE, PASS, passIf, Verdict } from '../rules/rule';
import { dependingOn, firstUnknown, verdictOn, worst } from '../rules/values';
import { Absent, Read, Unknown } from '../template/read';
import type { TemplateResource } from '../template/template';

/** Whether an option group requires that connections are encrypted. */
export function networkEncryption(group: TemplateResource): Verdict {
  const wrong = fail(`${group.logicalId} does not set ${ENCRYPTION_SERVER} to ${REQUIRED}`);
  return worst(...settings(optionOf(group), ENCRYPTION_SERVER).map((setting) =>
    verdictOn(setting, { absent: wrong, value: ({ text }) => (text.toUpperCase() === REQUIRED ? PASS : wrong) })));
}

export const oracleOptionRequires: Check = (group) => ofOracle(group, () => networkEncryption(group));

/** A group without the option encrypts nothing, strongly or not: that is another rule's. */
export const oracleOptionIsStrong: Check = (group) => ofOracle(group, () => {
  const option = optionOf(group);
  if (option.kind === 'absent') { return NOT_APPLICABLE; }
  return worst(...NETWORK_ENCRYPTION_SETTINGS.filter(({ name }) => name !== ENCRYPTION_SERVER).flatMap((setting) =>
    settings(option, setting.name).map((value) => verdictOn(value, {
      // Where the library sets one, RDS's own default is weak.
      absent: () => passIf(setting.set === undefined, `${setting.name} is not set, and weak by default`),
      value: ({ text }) => passIf(isStrongSetting(setting, text), `${setting.name} is ${text}`),
    }))));
});

function ofOracle(group: TemplateResource, check: () => Verdict): Verdict {
  return group.get('EngineName').literal().match({
    value: ({ text }) => (isOracle(text.toLowerCase()) ? check() : NOT_APPLICABLE),
    absent: () => NOT_APPLICABLE,
    unknown: (unknown) => dependingOn(unknown, check()),
  });
}

/** The option by which Oracle encrypts; unknown where the group may have it. */
function optionOf(group: TemplateResource): Read {
  return itemNamed(group.get('OptionConfigurations').items(), 'OptionName', NETWORK_ENCRYPTION)[0];
}

/** The values of a setting, which may be written more than once. */
function settings(option: Read, name: string): Read[] {
  return itemNamed(option.get('OptionSettings').items(), 'Name', name).map((setting) => setting.get('Value').literal());
}

/** The items with a name; one that is unknown where the name of some item is, one that is absent where there is none. */
function itemNamed(items: readonly Read[], property: string, name: string): [Read, ...Read[]] {
  const found = items.filter((item) => {
    const given = item.get(property).literal();
    return given.kind === 'value' && given.is(name);
  });
  const unknown: Unknown | undefined = firstUnknown(items.map((item) => item.get(property).literal()));
  return found.length > 0 ? found as [Read, ...Read[]] : [unknown ?? new Absent(name)];
}
