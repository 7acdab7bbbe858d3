import { paint } from './colour';
import { Failure } from './failure';
import { shownExamples } from '../checks/examples';
import { controlsText } from '../checks/rules-markdown';
import { distance } from '../private/nearest';
import { Rule, WHOLE_TEMPLATE } from '../rules/rule';

/** One rule in full. */
export function explanation(rule: Rule, colour: boolean): string {
  const bold = (text: string) => paint(colour, 'bold', text);
  const { id, severity, guards, info, why, fix, see, controls, resourceTypes } = rule;
  return [
    `${bold(id)} (${severity}, ${guards})`, '', info, '',
    `${bold('Checks')}    ${resourceTypes.map((type) => (type === WHOLE_TEMPLATE ? 'the template' : type)).join(', ')}`,
    `${bold('Why')}       ${why}`,
    `${bold('Fix')}       ${fix}`,
    `${bold('Controls')}  ${controlsText(controls) || 'none'}`,
    `${bold('See')}       ${see}`,
    ...shownExamples(rule).flatMap(({ kind, title, text }) => ['', `${bold(kind)}: ${title}`, '', text.replace(/^/gm, '  ')]),
  ].join('\n');
}

/** All rules, one a line. */
export function ruleList(rules: readonly Rule[]): string {
  const width = Math.max(...rules.map(({ id }) => id.length));
  return rules.map(({ id, severity, info }) => `${id.padEnd(width)}  ${severity.padEnd(7)}  ${info}`).join('\n');
}

/** The rule of an id, with or without its prefix. Throws with what was probably meant. */
export function ruleNamed(name: string, rules: readonly Rule[]): Rule {
  const wanted = name.replace(/^Encryption-/i, '').toLowerCase();
  const found = rules.find(({ id }) => [`encryption-${wanted}`, wanted].includes(id.toLowerCase()));
  if (found) { return found; }
  const near = rules.map(({ id }) => id).filter((id) => id.toLowerCase().includes(wanted.slice(0, 6)))
    .sort((a, b) => distance(a.toLowerCase(), `encryption-${wanted}`) - distance(b.toLowerCase(), `encryption-${wanted}`));
  throw new Failure(`unknown rule '${name}'. ${near.length > 0 ? `Did you mean ${near.slice(0, 3).join(', ')}?` : '`cdk-encryption rules` lists them.'}`);
}
