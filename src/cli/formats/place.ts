import type { Finding } from '../finding';
import type { Report } from '../report';

/** Where a report shows a finding: at the code of the app where that is known, else in the template. */
export interface Region {
  readonly file: string;
  readonly line: number;
  readonly column?: number;
}

export function placeOf(finding: Finding, { linesOf }: Pick<Report, 'linesOf'>): Region {
  const { source } = finding;
  if (source) { return source; }
  const pointer = linesOf(finding)?.pointer;
  return { file: finding.file, line: pointer?.line ?? finding.line ?? 1, column: pointer?.column };
}
