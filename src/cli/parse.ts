import { Failure } from './failure';
import { parseJson } from './parse-json';
import type { parseYaml } from './parse-yaml';
import type { Parsed } from './parsed';
import { isObject, Json } from '../template/values';

export interface ParsedTemplate extends Parsed {
  readonly json: Json;
  /** As it was read: what a report shows of it. */
  readonly text: string;
}

/** A file that can be read and is something else: wrong where a person named it, and passed over where a glob or a folder did. */
export class NoTemplate extends Failure {
  constructor(file: string, why = 'it has no Resources') {
    super(`not a CloudFormation template: ${why}`, file);
  }
}

/** CloudFormation takes a template of 1 MB; written with indentation it is a few times as long. */
const LARGEST_TEMPLATE = 10 * 1024 * 1024;

/** Throws a `Failure` for more than any template has. */
export function checkSize(size: number, file: string): void {
  if (size > LARGEST_TEMPLATE) { throw new Failure(`too large: ${(size / 1024 / 1024).toFixed(0)} MB; CloudFormation accepts 1 MB`, file); }
}

/** A template, whatever it is written in. Throws a `Failure` that says where it is broken. */
export function parseTemplate(given: string, file: string): ParsedTemplate {
  checkSize(given.length, file);
  const text = given.replace(/^\uFEFF/, '');
  if (text.trim() === '') { throw new NoTemplate(file, 'it is empty'); }
  const parsed = parseText(text, file);
  const { json } = parsed;
  const body = deployedBody(json);
  if (body !== undefined) { return deployed(body, file, text); }
  if (!isObject(json) || !isObject(json.Resources)) { throw new NoTemplate(file); }
  return { ...parsed, json, text };
}

/** What `aws cloudformation get-template` prints has the template as `TemplateBody`; with `--query TemplateBody` one in YAML is a text in JSON. */
function deployedBody(json: unknown): Json | string | undefined {
  const body = isObject(json) && json.Resources === undefined ? json.TemplateBody : json;
  return typeof body === 'string' && /Resources/.test(body) ? body : isObject(json) && body !== json && isObject(body) ? body : undefined;
}

/** The template of a stack, as CloudFormation has it: it stands on no lines of its own. */
function deployed(body: Json | string, file: string, text: string): ParsedTemplate {
  const json = typeof body === 'string' ? parseText(body, file).json : body;
  if (!isObject(json) || !isObject(json.Resources)) { throw new NoTemplate(file); }
  return { json, linesOf: () => undefined, lineOf: () => undefined, text };
}

/** A template of a cloud assembly: a stack without resources has none, and the CDK deploys none. */
export function parseStack(text: string, file: string): ParsedTemplate {
  try {
    return parseTemplate(text, file);
  } catch (error) {
    if (!(error instanceof NoTemplate)) { throw error; }
    const parsed = parseText(text.trim() === '' ? 'null' : text, file);
    const { json } = parsed;
    if (!isObject(json) || json.Resources !== undefined) { throw error; }
    return { ...parsed, json: { ...json, Resources: {} }, text };
  }
}

/** Loaded for the first file in YAML: it takes longer to load than a cloud assembly to check. */
function yaml(): typeof parseYaml {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require('./parse-yaml').parseYaml;
}

function parseText(text: string, file: string): Parsed {
  try {
    return /^\s*\{/.test(text) ? parseJson(text, file) : yaml()(text, file);
  } catch (error) {
    if (error instanceof Failure) { throw error; }
    if (error instanceof RangeError) { throw new Failure('nested too deeply', file); }
    throw new Failure(`cannot be read (${(error as Error).message.split('\n')[0]})`, file);
  }
}

/** Whether a text may be a template: what a folder has beside templates is passed over. */
export function looksLikeTemplate(text: string): boolean {
  return /"Resources"\s*:|^['"]?Resources['"]?\s*:/m.test(text);
}
