import { closest } from '../private/nearest';
import { Rule, WHOLE_TEMPLATE } from '../rules/rule';
import { SERVICES } from '../services';

/** Every rule, service by service: what the pack loops over, the command line runs and RULES.md lists. */
export const RULES: readonly Rule[] = SERVICES.flatMap(({ rules }) => rules);

/** The name of a service, as a person chooses it: `dynamodb` of `AWS::DynamoDB::Table`; `undefined` where the type is not one of AWS. */
const serviceOf = (type: string) => /^AWS::(\w+)::/.exec(type)?.[1].toLowerCase();

/** A name as people write it: `aws-s3` and `aws_s3` as the CDK's modules are called, `AWS::S3` and `AWS::S3::Bucket` as in templates. */
const plainName = (name: string) => name.trim().toLowerCase().replace(/^aws(::|[-_])/, '').split('::')[0];

/** Whether a resource type is of one of some services. */
export const isOfService = (type: string, services: readonly string[]) => services.some((name) => plainName(name) === serviceOf(type));

/** The folder in which a rule stands: the rules of a service may be about resources of others, such as the topics that send to a queue. */
const FOLDERS = new Map(SERVICES.flatMap(({ name, rules }) => rules.map(({ id }) => [id, name] as const)));

/** The names of services that can be chosen: `s3`, `dynamodb`, as in the names of the CDK's modules. */
export const SERVICE_NAMES: readonly string[] = [...new Set(SERVICES.flatMap(({ name, rules }) => [
  ...(rules.some(({ resourceTypes }) => resourceTypes.some((type) => serviceOf(type) === name)) ? [name] : []),
  ...rules.flatMap(({ resourceTypes }) => resourceTypes.flatMap((type) => serviceOf(type) ?? [])),
]))].sort();

/** What is wrong with a list of services, as a sentence; `undefined` where all of them exist. */
export function unknownService(services: readonly string[]): string | undefined {
  const unknown = services.find((name) => !SERVICE_NAMES.includes(plainName(name)));
  return unknown === undefined ? undefined
    : `unknown service '${unknown}'; did you mean ${closest(plainName(unknown), SERVICE_NAMES)}? Services have the names of the CDK's modules: s3, dynamodb, opensearchservice`;
}

/** Whether a rule counts for a resource type, where only some services do. What could not be read always counts. */
function isChosen(rule: Rule, type: string, services: readonly string[] | undefined): boolean {
  const names = services?.map(plainName);
  return names === undefined || type === WHOLE_TEMPLATE || type.includes('*') || [serviceOf(type), FOLDERS.get(rule.id)].some((name) => name !== undefined && names.includes(name));
}

/** The rules for each resource type; of some services only, where they are given. */
export function rulesByType(rules: readonly Rule[], services?: readonly string[]): (type: string) => readonly Rule[] {
  const found = new Map<string, Rule[]>();
  for (const rule of rules) {
    for (const type of rule.resourceTypes.filter((each) => isChosen(rule, each, services))) { found.set(type, [...(found.get(type) ?? []), rule]); }
  }
  return (type) => found.get(type) ?? (type.endsWith('::MODULE') ? found.get('*::MODULE') : undefined) ?? [];
}

/** The rules that count where only some services do. */
export function rulesOfServices(rules: readonly Rule[], services: readonly string[] | undefined): readonly Rule[] {
  return services === undefined ? rules : rules.filter((rule) => rule.resourceTypes.some((type) => isChosen(rule, type, services)));
}

/** The prefix of every rule id, which is also the name of the pack. */
export const PACK_NAME = 'Encryption';
