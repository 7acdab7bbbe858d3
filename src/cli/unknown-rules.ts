import { Config, matchesPattern } from './config';
import type { Source } from './source';
import { meantRule } from '../checks/nearest-rule';
import { RULES } from '../checks/rule-table';

/** What acknowledgements name that is not a rule, one sentence a file: they accept nothing. */
export function unknownAcknowledgements(sources: readonly Source[], config: Config): string[] {
  const inConfiguration = (config.acknowledge ?? []).filter(({ rule }) => !RULES.some(({ id }) => matchesPattern(rule, id)))
    .map(({ rule }) => sentence(rule, 'in the configuration', meantRule(rule)));
  const inTemplates = sources.flatMap(({ file, acknowledgements }) => [...acknowledgements.values()].flatMap((reasons) => [...reasons.keys()])
    .map((id) => [id, meantRule(id)] as const).filter(([, meant]) => meant !== undefined).map(([id, meant]) => sentence(id, `in ${file}`, meant)));
  return [...new Set([...inConfiguration, ...inTemplates])];
}

function sentence(id: string, where: string, meant: string | undefined): string {
  const remedy = meant === undefined ? '`cdk-encryption rules` lists them' : `Did you mean ${meant}?`;
  return `warning: '${id}' is acknowledged ${where} and is not the id of a rule, so that nothing is accepted by it. ${remedy.replace(/([^?])$/, '$1.')}`;
}
