import { githubReport } from './github';
import { gitlabReport } from './gitlab';
import { jsonReport } from './json';
import { junitReport } from './junit';
import { sarifReport } from './sarif';
import { textReport } from './text';
import { FORMAT_NAMES } from '../commands';
import { Failure } from '../failure';
import type { Report, View } from '../report';

/** A report as text; several in one run are files of these endings, but for what is printed. */
export interface Format {
  readonly ending?: string;
  readonly render: (report: Report, view: View) => string;
  /** Whether what stands beside the findings is part of what people read. */
  readonly tellsNotes?: boolean;
}

export const FORMATS: Readonly<Record<string, Format>> = {
  text: { render: textReport, tellsNotes: true },
  json: { ending: 'json', render: jsonReport },
  sarif: { ending: 'sarif', render: sarifReport },
  junit: { ending: 'xml', render: junitReport },
  github: { render: githubReport, tellsNotes: true },
  gitlab: { ending: 'gitlab.json', render: gitlabReport },
} satisfies Record<typeof FORMAT_NAMES[number], Format>;

/** Throws for a format that does not exist, and where several would come in one stream. */
export function formatsOf(names: readonly string[], output: string | undefined): string[] {
  const unknown = names.find((name) => !Object.hasOwn(FORMATS, name));
  if (unknown !== undefined) { throw new Failure(`unknown format '${unknown}'; expected one of: ${Object.keys(FORMATS).join(', ')}.`); }
  const formats = [...new Set(names)];
  if (formats.length > 1 && output === undefined && formats.some((name) => FORMATS[name].ending !== undefined)) {
    throw new Failure('several formats need --output with a folder for them.');
  }
  return formats;
}
