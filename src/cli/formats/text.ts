import type { Witness } from '../../policy/witness';
import { paint, Style } from '../colour';
import { Finding, LEVELS } from '../finding';
import type { Report } from '../report';

const STYLES: Record<Finding['level'], Style> = { error: 'red', warning: 'yellow', info: 'blue', undetermined: 'gray' };

/** For people: grouped by file and resource; `colour` for a terminal, with the whole request of each finding that has one where `verbose`. */
export function textReport(report: Report, colour: boolean, verbose = false): string {
  const styled = (style: Style, text: string) => paint(colour, style, text);
  const lines: string[] = [];
  for (const file of new Set(report.findings.map((finding) => finding.file))) {
    lines.push(styled('bold', file));
    const here = report.findings.filter((finding) => finding.file === file);
    for (const logicalId of new Set(here.map((finding) => finding.logicalId))) {
      const own = here.filter((finding) => finding.logicalId === logicalId);
      const { path, type, line } = own[0];
      lines.push(`  ${path ?? logicalId} ${styled('gray', `${path ? `${logicalId}, ` : ''}${type}  ${file}${line === undefined ? '' : `:${line}`}`)}`);
      for (const { level, rule, detail, witness } of own) {
        lines.push(`    ${styled(STYLES[level], level.padEnd(12))} ${rule.id}: ${detail}`);
        if (verbose && witness) { lines.push(...requestLines(witness).map((text) => styled('gray', `${' '.repeat(17)}${text}`))); }
      }
    }
    lines.push('');
  }
  report.failures.forEach((failure) => lines.push(styled('red', `cannot check ${failure.text}`)));
  if (report.failures.length > 0) { lines.push(''); }
  lines.push(summary(report));
  return lines.join('\n');
}

/** A request that a policy allows, a line for each part. */
function requestLines({ principal, action, resource, context, statement }: Witness): string[] {
  return [
    `principal  ${principal}`,
    `action     ${action}`,
    `resource   ${resource}`,
    ...Object.entries(context).map(([key, values]) => `context    ${key} = ${values.join(', ')}`),
    ...(statement === undefined ? [] : [`allowed by ${statement}`]),
  ];
}

/** `82 rules over 311 resources in 9 templates: 3 errors, 1 acknowledged.` */
function summary({ findings, acknowledged, templates, resources, rules, failures }: Report): string {
  const countOf = (level: Finding['level']) => findings.filter((finding) => finding.level === level).length;
  const counts = LEVELS.map((level) => [level, countOf(level)] as const).filter(([, count]) => count > 0)
    .map(([level, count]) => (level === 'error' || level === 'warning' ? counted(count, level) : `${count} ${level}`));
  const said = [
    ...(counts.length === 0 ? ['no findings'] : counts),
    ...(acknowledged.length > 0 ? [`${acknowledged.length} acknowledged`] : []),
    ...(failures.length > 0 ? [`${failures.length} could not be checked`] : []),
  ];
  const hint = findings.length > 0 ? ' `cdk-encryption explain <rule>` says why and how to fix it.' : '';
  return `${counted(rules, 'rule')} over ${counted(resources, 'resource')} in ${counted(templates.length, 'template')}: ${said.join(', ')}.${hint}`;
}

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;
