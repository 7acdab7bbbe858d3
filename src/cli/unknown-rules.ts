import { matchesPattern, ReadConfig } from './config';
import type { Exceptions } from './exceptions';
import { Failure } from './failure';
import { meantRule } from '../checks/nearest-rule';
import type { Rule } from '../rules/rule';

/** Throws where the configuration acknowledges a rule that does not exist: nothing would be accepted by it. */
export function checkAcknowledgedRules({ config, file }: ReadConfig, all: readonly Rule[]): void {
  config.acknowledge?.forEach(({ rule }, index) => {
    if (all.some(({ id }) => matchesPattern(rule, id) || matchesPattern(rule, `${id}[undetermined]`))) { return; }
    throw new Failure(sentence(rule, 'in the configuration', meantRule(rule)), `${file}: acknowledge[${index}]`);
  });
}

/** The same of what stands in templates and in cloud assemblies: everything else is checked all the same. */
export function unknownAcknowledgements(exceptions: Exceptions, all: readonly Rule[]): Failure[] {
  return exceptions.unknown(all).map(({ acknowledgement: { rule, place }, meant }) =>
    new Failure(sentence(rule, `for ${place}`, meant), undefined, undefined, undefined, 'unknown acknowledgement'));
}

function sentence(id: string, where: string, meant: string | undefined): string {
  return `'${id}' is acknowledged ${where} and is not the id of a rule, so that nothing is accepted by it. `
    + (meant === undefined ? '`cdk-encryption rules` lists them.' : `Did you mean ${meant}?`);
}
