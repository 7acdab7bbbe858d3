import { resolve } from 'node:path';
import { Config, readConfig } from './config';
import { Failure } from './failure';
import { diffJson } from './formats/diff-json';
import { diffText } from './formats/diff-text';
import { linked } from './linked';
import type { Given } from './options';
import { nameIn } from './resource-names';
import { shown, shownFailure } from './shown';
import type { Source } from './source';
import { readSources } from './sources';
import type { Surface } from './surface';
import { writeOut } from './write-out';
import { buildDiff } from '../diff/build';
import { Concern, CONCERNS, concernsOf, DiffDocument, DiffInput, DiffInputs, FailOn, fails } from '../diff/document';
import { Pairs, pairStacks } from '../diff/stacks';

/** `cdk-encryption diff`: gives the exit code. */
export function diff(positionals: string[], given: Given, surface: Surface): number {
  const format = given.text('format') ?? 'text';
  if (format !== 'text' && format !== 'json') { throw new Failure(`unknown format '${format}'; expected one of: text, json.`); }
  const failOn = failOnOf(given.text('fail-on') ?? 'lost');
  const [oldPath, newPath] = sidesOf(positionals);
  const { config } = readConfig(surface.cwd, given.text('config'));
  const [old, found] = [oldPath, newPath].map((path) => readSources(surface.cwd, [path], surface.stdin));
  const failures = [...old.failures, ...found.failures];
  failures.forEach((failure) => surface.err(`cdk-encryption: ${shownFailure(failure, surface.cwd).text}`));
  // Against a side of which a part is missing, everything there would look removed or added.
  if (failures.length > 0) { return 2; }
  const document = compared(old.sources, found.sources, config, surface);
  const output = given.text('output');
  const view = { colour: surface.colour && output === undefined, quiet: given.flag('quiet'), failOn };
  const text = format === 'json' ? diffJson(document) : diffText(document, view);
  if (output !== undefined) { writeOut(resolve(surface.cwd, output), text, output); } else if (text !== '') { surface.out(text); }
  return concernsOf(document).some((concern) => fails(concern, failOn)) ? 1 : 0;
}

function failOnOf(text: string): FailOn {
  if (text === 'never' || CONCERNS.includes(text as Concern)) { return text as FailOn; }
  throw new Failure(`--fail-on cannot be '${text}'; expected one of: ${CONCERNS.join(', ')}, never.`);
}

function sidesOf(positionals: readonly string[]): [old: string, found: string] {
  if (positionals.length !== 2) {
    throw new Failure(`diff takes two: what is there, and what comes, for example \`cdk-encryption diff main.out cdk.out\`; given: ${positionals.length === 0 ? 'none' : positionals.join(' ')}.`);
  }
  const [old, found] = positionals;
  if (old === '-' && found === '-') { throw new Failure('only one of both can be standard input.'); }
  return [old, found];
}

function compared(olds: readonly Source[], news: readonly Source[], config: Config, surface: Surface): DiffDocument {
  const pairs = pairStacks(olds, news);
  const [old, found] = [pairs.old, pairs.new].map((side, index) => inputsOf(side, [pairs.new, pairs.old][index], pairs, config, surface));
  const leftOut = pairs.leftOut.map(({ stackName, file }) => stackName ?? shown(file, surface.cwd));
  return { ...buildDiff(old, found, surface.progress), leftOut };
}

/** The templates of a side, with the account and Region that the other side knows of them. */
function inputsOf(side: readonly Source[], other: readonly Source[], { idOf }: Pairs<Source>, config: Config, { cwd }: Surface): DiffInputs {
  const twins = new Map(other.map((source) => [idOf.get(source)!, source]));
  const completed = new Map<Source, Source>();
  const complete = (source: Source): Source => {
    const known = completed.get(source);
    if (known) { return known; }
    const twin = twins.get(idOf.get(source)!);
    const made: Source = {
      ...source,
      account: source.account ?? twin?.account,
      region: source.region ?? twin?.region,
      parent: source.parent && { ...source.parent, source: complete(source.parent.source) },
    };
    completed.set(source, made);
    return made;
  };
  const all = new Map(side.map((source) => [complete(source), idOf.get(source)!]));
  return linked([...all.keys()], config).map((group) => group.map(([source, template]): DiffInput => ({
    template,
    id: all.get(source)!,
    stack: source.stackName ?? twins.get(all.get(source)!)?.stackName,
    file: shown(source.file, cwd),
    written: source.template.json,
    nameOf: (resource) => nameIn(source, resource),
    lineOf: ({ logicalId }) => source.template.linesOf(logicalId)?.first,
  })));
}
