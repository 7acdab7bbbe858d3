import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readText } from './decode';
import type { Position } from './finding';
import { isObject, Json } from '../template/values';

/** Construct path → where it was made. */
export type Positions = (constructPath: string) => Position | undefined;

const CREATED = 'aws:cdk:creationStack';
const LOGICAL_ID = 'aws:cdk:logicalId';
const FRAME = /(?:^|\()([^()]+):(\d+):(\d+)\)?\s*$/;
const LONGEST_FRAME = 2_000;
/** What nobody of the team has written, and what stands for no file. */
const FOREIGN = /[\\/]node_modules[\\/]|^node:|^internal[\\/]|jsii-(kernel|runtime)|_embedded[\\/]jsii|<anonymous>|\[eval\]|evalmachine/;

/**
 * Where the metadata of a stack says that constructs were made: `aws:cdk:creationStack`, or the trace of `aws:cdk:logicalId` as older
 * releases write it when asked. What a construct of somebody else made stands at the construct around it.
 */
export function positionsIn(metadata: Json): Positions {
  let found: Positions | undefined;
  return (path) => (found ??= nearest(created(metadata)))(path);
}

function created(metadata: Json): Map<string, Position> {
  const found = new Map<string, Position>();
  for (const [path, entries] of Object.entries(metadata)) {
    const position = (Array.isArray(entries) ? entries : []).filter(isObject)
      .flatMap(({ type, data, trace }) => (type === CREATED ? [data, trace] : type === LOGICAL_ID ? [trace] : []))
      .map(firstOwnFrame).find((each) => each !== undefined);
    if (position) { found.set(path.replace(/^\//, ''), position); }
  }
  return found;
}

/** The same of the reports that validation at synth has written into some folders. */
export function positionsReported(folders: readonly string[]): Positions {
  let found: Positions | undefined;
  return (path) => (found ??= nearest(new Map([...new Set(folders)].flatMap((folder) => reportedIn(join(folder, 'validation-report.json'))))))(path);
}

function reportedIn(file: string): Array<[string, Position]> {
  if (!existsSync(file)) { return []; }
  return constructsIn(parsed(file)).flatMap(({ constructPath, stackTraces }) => {
    const position = firstOwnFrame(stackTraces);
    return typeof constructPath === 'string' && position ? [[constructPath, position]] : [];
  });
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(readText(file));
  } catch {
    // The report of another tool beside the templates: nothing is lost but lines.
    return undefined;
  }
}

function constructsIn(report: unknown): Json[] {
  const each = (value: unknown) => (Array.isArray(value) ? value.filter(isObject) : []);
  return each(isObject(report) && report.pluginReports)
    .flatMap(({ violations, suppressedViolations }) => [...each(violations), ...each(suppressedViolations)])
    .flatMap(({ violatingConstructs }) => each(violatingConstructs));
}

/** Of the construct itself, or of the nearest one around it. */
function nearest(positions: ReadonlyMap<string, Position>): Positions {
  return (path) => {
    for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('/')))) {
      const position = positions.get(at);
      if (position) { return position; }
    }
    return undefined;
  };
}

/** The innermost frame of a stack trace that is code of the team. */
function firstOwnFrame(trace: unknown): Position | undefined {
  const frames = (Array.isArray(trace) ? trace.flat() : [trace]).filter((frame) => typeof frame === 'string').flatMap((frame) => frame.split('\n'));
  for (const frame of frames.filter(({ length }) => length <= LONGEST_FRAME)) {
    const [, file, line, column] = FRAME.exec(frame.replace(/^\s*at (async )?/, '')) ?? [];
    if (file !== undefined && !FOREIGN.test(file)) { return { file: file.replace(/^file:\/\//, ''), line: Number(line), column: Number(column) }; }
  }
  return undefined;
}
