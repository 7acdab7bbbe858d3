import { shownExamples } from './examples';
import { RULES } from './rule-table';
import { Controls, Rule, WHOLE_TEMPLATE } from '../rules/rule';

const STANDARDS: Record<keyof Controls, string> = {
  fsbp: 'AWS FSBP',
  controlTower: 'AWS Control Tower',
  nist: 'NIST 800-53 r5',
  pci: 'PCI DSS 4',
  hipaa: 'HIPAA',
  cis: 'CIS AWS Foundations',
};

/** RULES.md: the table of all rules, and a paragraph for each. */
export function rulesMarkdown(rules: readonly Rule[] = RULES): string {
  return [
    '# Rules of EncryptionChecks',
    '',
    '<!-- Generated from the rules by `npx projen rules`. Do not edit. -->',
    '',
    'Ids are public and do not change. What a template cannot tell is reported as `<id>[undetermined]`, never as a pass.',
    '`cdk-encryption explain <id>` shows examples of every rule; those of rules that are made of the table of resource types stand only there.',
    '',
    '| rule | severity | guards | what must be so |',
    '| --- | --- | --- | --- |',
    ...rules.map(({ id, severity, guards, info }) => `| [${id}](#${id.toLowerCase()}) | ${severity} | ${guards} | ${info} |`),
    '',
    ...rules.flatMap(section),
  ].join('\n');
}

function section(rule: Rule): string[] {
  const { id, resourceTypes, info, why, fix, see, controls } = rule;
  return [
    `## ${id}`,
    '',
    `${info} Checks ${resourceTypes.map((type) => (type === WHOLE_TEMPLATE ? 'the template' : `\`${type}\``)).join(', ')}.`,
    '',
    `- **Why**: ${why}`,
    `- **Fix**: ${fix}`,
    `- **See**: <${see}>`,
    `- **Controls**: ${controlsText(controls) || 'none'}`,
    '',
    ...(rule.isGenerated ? [] : shownExamples(rule)).flatMap(({ kind, title, text }) => [`${kind}: ${title}.`, '', '```yaml', text, '```', '']),
  ];
}

/** The controls that a rule answers, standard by standard. */
export function controlsText(controls: Controls): string {
  return (Object.keys(STANDARDS) as Array<keyof Controls>)
    .filter((standard) => controls[standard]?.length)
    .map((standard) => `${STANDARDS[standard]}: ${controls[standard]!.join(', ')}`)
    .join('; ');
}
