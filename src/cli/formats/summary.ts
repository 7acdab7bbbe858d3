import { Finding, LEVELS } from '../finding';
import type { Report } from '../report';

/** `82 rules over 311 resources in 9 templates: 3 errors, 1 acknowledged (expires 2027-03-31), 23 in the baseline, 2 not read`. */
export function summary({ findings, acknowledged, known, passed, templates, resources, rules, failures }: Report): string {
  const countOf = (level: Finding['level']) => findings.filter((finding) => finding.level === level).length;
  const counts = LEVELS.map((level) => [level, countOf(level)] as const).filter(([, count]) => count > 0)
    .map(([level, count]) => (level === 'error' || level === 'warning' ? counted(count, level) : `${count} ${level}`));
  const unknown = failures.filter(({ mistake }) => mistake !== undefined).length;
  const said = [
    ...(counts.length === 0 ? ['no findings'] : counts),
    ...(acknowledged.length > 0 ? [`${acknowledged.length} acknowledged${lastDay(acknowledged)}`] : []),
    ...(known.length > 0 ? [`${known.length} in the baseline`] : []),
    ...(passed ? [`${passed.length} passed`] : []),
    ...(unknown > 0 ? [counted(unknown, 'unknown acknowledgement')] : []),
    ...(failures.length > unknown ? [`${failures.length - unknown} not read`] : []),
  ];
  return `${counted(rules, 'rule')} over ${counted(resources, 'resource')} in ${counted(templates.length, 'template')}: ${said.join(', ')}`;
}

/** The day on which the first of them ends. */
function lastDay(acknowledged: readonly Finding[]): string {
  const days = [...new Set(acknowledged.map(({ expires }) => expires).filter((day) => day !== undefined))].sort();
  if (days.length === 0) { return ''; }
  const isForAll = days.length === 1 && acknowledged.every(({ expires }) => expires !== undefined);
  return ` (${isForAll ? 'expires' : 'the first expires'} ${days[0]})`;
}

export const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;
