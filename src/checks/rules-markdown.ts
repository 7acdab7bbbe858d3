import { RULES } from './rule-table';
import type { Controls, Rule } from '../rules/rule';

const STANDARDS: Record<keyof Controls, string> = {
  fsbp: 'AWS FSBP',
  controlTower: 'AWS Control Tower',
  nist: 'NIST 800-53 r5',
  pci: 'PCI DSS 4',
  hipaa: 'HIPAA',
  cis: 'CIS AWS Foundations',
};

/** RULES.md: the table of all rules, and a paragraph for each. */
export function rulesMarkdown(): string {
  return [
    '# Rules of EncryptionChecks',
    '',
    '<!-- Generated from the rule table by `npx projen rules`. Do not edit. -->',
    '',
    'Ids are public for ever. What a template cannot tell is reported as `<id>[undetermined]`, never as a pass.',
    '',
    '| rule | severity | guards | what must be so |',
    '| --- | --- | --- | --- |',
    ...RULES.map(({ id, severity, guards, info }) => `| [${id}](#${id.toLowerCase()}) | ${severity} | ${guards} | ${info} |`),
    '',
    ...RULES.flatMap(section),
  ].join('\n');
}

function section({ id, resourceTypes, info, why, fix, see, controls }: Rule): string[] {
  return [
    `## ${id}`,
    '',
    `${info} Checks ${resourceTypes.map((type) => `\`${type}\``).join(', ')}.`,
    '',
    `- **Why**: ${why}`,
    `- **Fix**: ${fix}`,
    `- **See**: <${see}>`,
    `- **Controls**: ${controlsText(controls) || 'none'}`,
    '',
  ];
}

/** The controls that a rule answers, standard by standard. */
export function controlsText(controls: Controls): string {
  return (Object.keys(STANDARDS) as Array<keyof Controls>)
    .filter((standard) => controls[standard]?.length)
    .map((standard) => `${STANDARDS[standard]}: ${controls[standard]!.join(', ')}`)
    .join('; ');
}
