import { matchesPattern } from './config';
import { ruleNamed } from './explain';
import { Failure } from './failure';
import { answers, frameworkNamed } from './frameworks';
import { rulesOfServices, unknownService } from '../checks/rule-table';
import type { Rule } from '../rules/rule';

/** What somebody chose, and where, as `--rules` or `'rules' in .cdk-encryption.json`. */
export interface Choice {
  readonly names: readonly string[];
  readonly where: string;
}

/** What is to be checked: each part limits it. */
export interface Selection {
  readonly rules?: Choice;
  readonly skip?: Choice;
  readonly frameworks?: Choice;
  readonly services?: Choice;
}

/** The rules of a selection. Throws for one that is empty, or names what does not exist: a pipeline that checks nothing must not be green. */
export function selectedRules(all: readonly Rule[], { rules, skip, frameworks, services }: Selection): readonly Rule[] {
  for (const choice of [rules, frameworks, services]) {
    if (choice?.names.length === 0) { throw new Failure(`${choice.where} is empty, so that nothing would be checked. Leave it out to check all rules.`); }
  }
  for (const { names, where } of [rules, skip].filter((choice) => choice !== undefined)) { names.forEach((name) => checkName(name, where, all)); }
  const standards = frameworks?.names.map(frameworkNamed);
  const wanted = all.filter((rule) => (!rules || fitsAny(rules.names, rule.id)) && (!standards || answers(rule, standards)));
  if (wanted.length === 0) { throw new Failure(`no rule is left to check: none of ${rules!.where} answers a control of ${standards!.join(', ')}.`); }
  const left = wanted.filter(({ id }) => !fitsAny(skip?.names ?? [], id));
  if (left.length === 0) { throw new Failure(`no rule is left to check: ${skip!.where} leaves out every one. Skip less, or do not run the command.`); }
  const chosen = rulesOfServices(left, checkedServices(services));
  if (chosen.length === 0) { throw new Failure(`no rule is left to check: none concerns the services of ${services!.where}.`); }
  return chosen;
}

/** Services that exist. */
export function checkedServices(choice: Choice | undefined): readonly string[] | undefined {
  const wrong = choice && unknownService(choice.names);
  if (wrong !== undefined) { throw new Failure(`${wrong}. Leave it out to check all.`); }
  return choice?.names;
}

function checkName(name: string, where: string, all: readonly Rule[]): void {
  if (all.some(({ id }) => fits(name, id))) { return; }
  if (name.trim() === '') { throw new Failure(`${where} names an empty rule. Remove it; \`cdk-encryption rules\` lists the rules.`); }
  if (name.includes('*')) { throw new Failure(`no rule fits '${name}' of ${where}. \`cdk-encryption rules\` lists them.`); }
  ruleNamed(name, all);
}

const fitsAny = (patterns: readonly string[], id: string) => patterns.some((pattern) => fits(pattern, id));

/** With or without the prefix, in upper or lower case. */
function fits(pattern: string, id: string): boolean {
  const [wanted, name] = [pattern.toLowerCase(), id.toLowerCase()];
  return matchesPattern(wanted, name) || matchesPattern(`encryption-${wanted}`, name);
}
