import type { ReadConfig } from './config';
import type { Given } from './options';
import { NO_OWN_RULES, OwnRules, ownRules } from './own-rules';
import { checkedServices, selectedRules, Selection } from './selection';
import { checkAcknowledgedRules } from './unknown-rules';
import { RULES } from '../checks/rule-table';
import type { Rule } from '../rules/rule';

/** The rules of a run. */
export interface ChosenRules {
  readonly own: OwnRules;
  /** All that there are, the team's own among them. */
  readonly all: readonly Rule[];
  /** Those that are asked. */
  readonly rules: readonly Rule[];
  /** Only these services count. */
  readonly services?: readonly string[];
}

/** The rules that the command line and the settings choose. Throws for a choice that is empty or names what does not exist. */
export function chosenRules(given: Given, config: ReadConfig, cwd: string): ChosenRules {
  const own = ownRulesOf(given, config, cwd);
  const all = [...RULES, ...own.rules];
  checkAcknowledgedRules(config, all);
  const selection = selectionOf(given, config);
  return { own, all, rules: selectedRules(all, selection), services: checkedServices(selection.services) };
}

/** The team's own rules, where there are some. */
export function ownRulesOf(given: Given, { config }: ReadConfig, cwd: string): OwnRules {
  const folder = given.text('rules-from') ?? config.rulesFrom;
  return folder === undefined ? NO_OWN_RULES : ownRules(cwd, folder, RULES);
}

/** What the command line says goes before the settings. */
function selectionOf(given: Given, { config, file }: ReadConfig): Selection {
  const choice = (option: string, setting: 'rules' | 'skip' | 'frameworks' | 'services') => {
    const [own, configured] = [given.list(option), config[setting]];
    return own ? { names: own, where: `--${option}` } : configured ? { names: configured, where: `'${setting}' in ${file}` } : undefined;
  };
  return { rules: choice('rules', 'rules'), skip: choice('skip', 'skip'), frameworks: choice('framework', 'frameworks'), services: choice('services', 'services') };
}
