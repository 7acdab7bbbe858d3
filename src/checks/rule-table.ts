import type { Rule } from '../rules/rule';
import { SERVICES } from '../services';

/** Every rule, service by service: what the pack loops over, the command line runs and RULES.md lists. */
export const RULES: readonly Rule[] = SERVICES.flatMap(({ rules }) => rules);

/** The rules for each resource type. */
export function rulesByType(rules: readonly Rule[]): (type: string) => readonly Rule[] {
  const found = new Map<string, Rule[]>();
  for (const rule of rules) {
    for (const type of rule.resourceTypes) { found.set(type, [...(found.get(type) ?? []), rule]); }
  }
  return (type) => found.get(type) ?? (type.endsWith('::MODULE') ? found.get('*::MODULE') : undefined) ?? [];
}

/** The prefix of every rule id, which is also the name of the pack. */
export const PACK_NAME = 'Encryption';
