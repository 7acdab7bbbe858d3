import { engineOf, isGiven, madeFrom, named, unlessMember } from './databases';
import { networkEncryption } from './oracle-checks';
import { isOracle } from './oracle-options';
import { requiresTls, requiresTlsByDefault, tlsParameterOf } from './tls-parameters';
import { isStrongEnough, TlsVersionParameter, tlsVersionParametersOf } from './tls-versions';
import { Check, fail, NOT_APPLICABLE, PASS, passIf, undetermined, Verdict } from '../rules/rule';
import { dependingOn, verdictOn, worst } from '../rules/values';
import type { Read } from '../template/read';
import type { TemplateResource } from '../template/template';

export const refusesPlainConnections: Check = (database) => unlessMember(database, () => {
  const engine = engineOf(database);
  return isOracle(engine.name) ? byOptionGroup(database) : dependingOn(engine.unknown, byParameterGroup(database, engine.name));
});

function byParameterGroup(database: TemplateResource, engine: string): Verdict {
  const [property, type] = database.type === 'AWS::RDS::DBCluster'
    ? ['DBClusterParameterGroupName', 'AWS::RDS::DBClusterParameterGroup'] : ['DBParameterGroupName', 'AWS::RDS::DBParameterGroup'];
  const name = named(database, property);
  if (name.kind === 'absent' || name.shown.startsWith('default.')) { return byDefaultGroup(database, engine, name); }
  return byGroup(database, name, type, groupRequires);
}

/** What a rule says of the group that a database names. */
function byGroup(database: TemplateResource, name: Read, type: string, check: (group: TemplateResource) => Verdict): Verdict {
  return verdictOn(name, {
    absent: NOT_APPLICABLE,
    value: ({ target, text }) => {
      const group = target ?? groupNamed(database, type, text);
      return group?.type === type ? check(group) : undetermined(`the group ${text} is not in this template`);
    },
  });
}

const GROUP_NAMES = ['DBParameterGroupName', 'DBClusterParameterGroupName', 'OptionGroupName'];

function groupNamed({ owner }: TemplateResource, type: string, name: string): TemplateResource | undefined {
  return owner.ofType(type).find((group) => GROUP_NAMES.some((property) => {
    const given = group.get(property).literal();
    return given.kind === 'value' && given.text.toLowerCase() === name.toLowerCase();
  }));
}

/** The version that RDS itself chooses for these engines requires TLS by default, or may. */
const CHOSEN_VERSION_MAY_REQUIRE = ['postgres', 'aurora-postgresql', 'mariadb'];

/** The default parameter group requires TLS for the newest versions of some engines only. */
function byDefaultGroup(database: TemplateResource, engine: string, name: Read): Verdict {
  const family = name.literal().kind === 'value' ? name.shown.replace('default.', '') : undefined;
  const version = database.get('EngineVersion').literal();
  if (requiresTlsByDefault(family ?? `${engine}${version.kind === 'value' ? version.text : ''}`)) { return PASS; }
  if (name.kind === 'absent' && madeFrom(database).kind !== 'absent') { return undetermined('it may have the parameter group of its source, which is not in this template'); }
  const failure = fail('it has the default parameter group, which does not require TLS');
  if (family !== undefined) { return failure; }
  return version.kind === 'absent' && CHOSEN_VERSION_MAY_REQUIRE.includes(engine)
    ? undetermined('EngineVersion is not set: whether the default parameter group requires TLS depends on the version that RDS chooses')
    : dependingOn(version.kind === 'unknown' ? version : undefined, failure);
}

/** Oracle has an option for it, and no parameter. */
function byOptionGroup(database: TemplateResource): Verdict {
  const name = named(database, 'OptionGroupName');
  if (name.kind !== 'absent' && !name.shown.startsWith('default:')) { return byGroup(database, name, 'AWS::RDS::OptionGroup', networkEncryption); }
  const source = madeFrom(database);
  return isGiven(source) && name.kind === 'absent'
    ? undetermined('it may have the option group of its source, which is not in this template') : fail('it has the default option group, which encrypts no connection');
}

/** What a database gets from a group: its own value, else the engine's. */
function groupRequires(group: TemplateResource): Verdict {
  return withFamily(group, (family) => {
    const parameter = tlsParameterOf(family);
    return parameter ? stated(group, parameter.name) ?? (requiresTlsByDefault(family) ? PASS : fail(`${parameter.name} in ${group.logicalId} is not set`))
      : undetermined(`how ${family} requires TLS is not known`);
  });
}

function withFamily(group: TemplateResource, check: (family: string) => Verdict): Verdict {
  return verdictOn(group.get('Family').literal(), { absent: undetermined('Family is not set'), value: ({ text }) => check(text.toLowerCase()) });
}

/** What the group itself says; `undefined` where it says nothing. */
function stated(group: TemplateResource, parameter: string): Verdict | undefined {
  const value = group.get('Parameters', parameter).literal();
  return value.kind === 'absent' ? undefined
    : verdictOn(value, { value: ({ text }) => passIf(requiresTls(text), `${parameter} in ${group.logicalId} is ${text}`) });
}

/** An instance's group must not say the opposite of its cluster's, and need not say anything. */
const isOfAnInstance = (group: TemplateResource, { group: kind }: { readonly group: 'cluster' | 'instance' }) =>
  kind === 'cluster' && group.type === 'AWS::RDS::DBParameterGroup';

/** A group says it itself, so that an auditor sees it. A cluster's instances do not override it. */
export const groupSaysTls: Check = (group) => withFamily(group, (family) => {
  const parameter = tlsParameterOf(family);
  if (!parameter) { return NOT_APPLICABLE; }
  const said = stated(group, parameter.name);
  if (isOfAnInstance(group, parameter)) { return said && said.kind !== 'pass' ? said : NOT_APPLICABLE; }
  return said ?? fail(`${parameter.name} is not set`);
});

/** No parameter of the group may bring back TLS 1.0 or 1.1, or a weak cipher. */
export const groupRefusesOldTls: Check = (group) => withFamily(group, (family) => {
  const verdicts = tlsVersionParametersOf(family).map((parameter) => oldTls(group, family, parameter));
  return verdicts.length === 0 ? NOT_APPLICABLE : worst(...verdicts);
});

/** Engines that accept TLS 1.0 and 1.1 unless told otherwise, in every minor version. */
const ACCEPT_OLD_TLS = /^(aurora-)?mysql5\.7/;
/** What SQL Server accepts by default depends on the minor version. */
const DEPENDS_ON_VERSION = /^rds\.(tls10|tls11|rc4|3des168)$/;

function oldTls(group: TemplateResource, family: string, parameter: TlsVersionParameter): Verdict {
  const { name } = parameter;
  const byDefault = (): Verdict => {
    if (isOfAnInstance(group, parameter)) { return NOT_APPLICABLE; }
    if (DEPENDS_ON_VERSION.test(name)) { return undetermined(`${name} is not set: whether it is disabled by default depends on the engine's minor version`); }
    return passIf(!ACCEPT_OLD_TLS.test(family), `${name} is not set: ${family} accepts TLS 1.0 and 1.1 by default`);
  };
  return verdictOn(group.get('Parameters', name).literal(), {
    absent: byDefault,
    value: ({ text }) => (text === 'default' && DEPENDS_ON_VERSION.test(name) ? byDefault() : passIf(isStrongEnough(parameter, text), `${name} is ${text}`)),
  });
}
