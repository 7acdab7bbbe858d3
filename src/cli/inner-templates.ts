import { dirname, resolve } from 'node:path';
import { parseTemplate } from './parse';
import { read, Source, Take } from './source';
import { isObject, Json } from '../template/values';

/** No template is nested deeper by hand. */
const DEEPEST = 10;

/**
 * The templates that stand in a template, or beside it: the body of a StackSet, and a nested stack by a path, as before `aws cloudformation
 * package`. Those that cannot be read stay, and a rule says that they were not read.
 */
export function readInner(source: Source, take: Take, exists: (file: string) => boolean, depth = 0): void {
  if (depth >= DEEPEST) { return; }
  for (const [logicalId, resource] of Object.entries(source.template.json.Resources as Json)) {
    const properties = isObject(resource) && isObject(resource.Properties) ? resource.Properties : {};
    const inner = isObject(resource) && resource.Type === 'AWS::CloudFormation::StackSet' ? bodyOf(properties, logicalId, source)
      : isObject(resource) && resource.Type === 'AWS::CloudFormation::Stack' ? beside(properties, logicalId, source, exists) : undefined;
    const taken = inner && take(inner.file, () => inner);
    if (taken) { readInner(taken, take, exists, depth + 1); }
  }
}

function bodyOf({ TemplateBody }: Json, logicalId: string, source: Source): Source | undefined {
  if (typeof TemplateBody !== 'string') { return undefined; }
  const lines = source.template.linesOf(logicalId);
  try {
    const template = parseTemplate(TemplateBody, source.file);
    return {
      ...source,
      stackName: undefined,
      parent: { source, logicalId },
      within: withinOf(source, logicalId),
      template: { ...template, linesOf: () => lines, lineOf: () => lines?.first, text: source.template.text },
      paths: new Map(),
      sourceOf: () => undefined,
    };
  } catch {
    return undefined;
  }
}

function beside({ TemplateURL }: Json, logicalId: string, source: Source, exists: (file: string) => boolean): Source | undefined {
  if (typeof TemplateURL !== 'string' || /^[a-z0-9]+:/i.test(TemplateURL)) { return undefined; }
  const file = resolve(dirname(source.file), TemplateURL);
  if (!exists(file) || isAmong(source, file)) { return undefined; }
  try {
    const template = parseTemplate(read(file), file);
    return { ...source, file, stackName: undefined, parent: { source, logicalId }, template, paths: new Map(), sourceOf: () => undefined };
  } catch {
    return undefined;
  }
}

/** Whether a template is nested in itself. */
function isAmong(source: Source, file: string): boolean {
  return source.file === file || (source.parent !== undefined && isAmong(source.parent.source, file));
}

const withinOf = ({ within }: Source, logicalId: string) => (within === undefined ? logicalId : `${within}/${logicalId}`);
