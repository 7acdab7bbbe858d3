import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Config, matchesPattern, readConfig } from './config';
import { explanation, ruleList, ruleNamed } from './explain';
import { Failure } from './failure';
import { Finding, isAtLeast, LEVELS } from './finding';
import { jsonReport } from './formats/json';
import type { junitReport } from './formats/junit';
import { sarifReport } from './formats/sarif';
import { textReport } from './formats/text';
import type { Report } from './report';
import { run } from './run';
import { readSources, shown } from './sources';
import { unknownAcknowledgements } from './unknown-rules';
import { RULES } from '../checks/rule-table';
import { rulesMarkdown } from '../checks/rules-markdown';
import type { Rule } from '../rules/rule';

/** The outside of the command: what it reads and writes. */
export interface Surface {
  readonly cwd: string;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly colour: boolean;
  /** Shows progress on a terminal; `undefined` where there is none. */
  readonly progress?: (done: number, of: number) => void;
  readonly stdin: () => string;
  /** As 2027-03-31. */
  readonly today: string;
}

const USAGE = `Usage:
  cdk-encryption check [paths…]      check cdk.out folders, templates (JSON, YAML), globs, or - for standard input
  cdk-encryption rules               list the rules
  cdk-encryption explain <rule>      show what a rule checks, why, and how to fix it

Options of check:
  --format <list>       text, json, sarif, junit; several by comma                     (text)
  --output <path>       a file; with several formats a folder, and text is printed     (standard output)
  --fail-on <level>     error, warning, info, undetermined, never                      (error)
  --rules <list>        only these rules; * for any run of characters
  --skip <list>         not these rules
  --config <file>       .cdk-encryption.json, or "cdk-encryption" in package.json
  --baseline <file>     report only what is not in it
  --write-baseline <file>   record the findings of now, and report none
  --verbose             show the whole request that a policy allows
  --help, --version

Exit codes: 0 no findings, 1 findings, 2 something could not be checked.`;

/** A report as text; several in one run are files of these endings, but for what is printed. */
const FORMATS: Record<string, { readonly ending?: string; readonly render: (report: Report, colour: boolean, verbose: boolean) => string }> = {
  text: { render: textReport },
  json: { ending: 'json', render: jsonReport },
  sarif: { ending: 'sarif', render: sarifReport },
  junit: { ending: 'xml', render: (report) => junit()(report) },
};

/** Loaded when it is asked for: it brings lodash. */
function junit(): typeof junitReport {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require('./formats/junit').junitReport;
}

/** Runs the command; gives its exit code. Never throws for what a person did wrong. */
export function command(args: string[], surface: Surface): number {
  try {
    return dispatch(args, surface);
  } catch (error) {
    if (!(error instanceof Failure) && (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS') !== true) { throw error; }
    surface.err(`cdk-encryption: ${error instanceof Failure ? error.text : `${(error as Error).message.split('. ')[0]}. See cdk-encryption --help.`}`);
    return 2;
  }
}

function dispatch(args: string[], surface: Surface): number {
  const { values, positionals: [name, ...rest] } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      'format': { type: 'string' },
      'output': { type: 'string' },
      'fail-on': { type: 'string' },
      'rules': { type: 'string' },
      'skip': { type: 'string' },
      'config': { type: 'string' },
      'baseline': { type: 'string' },
      'write-baseline': { type: 'string' },
      'verbose': { type: 'boolean' },
      'help': { type: 'boolean' },
      'version': { type: 'boolean' },
    },
  });
  if (values.version) { return say(surface, version()); }
  if (values.help || name === undefined || name === 'help') {
    surface.out(USAGE);
    return values.help || name ? 0 : 2;
  }
  switch (name) {
    case 'rules': return say(surface, values.format === 'markdown' ? rulesMarkdown() : values.format === 'json' ? JSON.stringify(RULES, undefined, 2) : ruleList(RULES));
    case 'explain': return explain(rest, surface);
    case 'check': return check(rest, values, surface);
    default: throw new Failure(`unknown command '${name}'; expected one of: check, rules, explain.`);
  }
}

function say(surface: Surface, text: string): number {
  surface.out(text);
  return 0;
}

function explain(names: string[], surface: Surface): number {
  if (names.length === 0) { throw new Failure('explain needs the id of a rule; `cdk-encryption rules` lists them.'); }
  return say(surface, names.map((name) => explanation(ruleNamed(name, RULES), surface.colour)).join('\n\n'));
}

type Values = Record<string, string | boolean | undefined>;

function check(paths: string[], values: Values, surface: Surface): number {
  const text = (name: string) => values[name] as string | undefined;
  const config = readConfig(surface.cwd, text('config'));
  const formats = listOf(text('format')) ?? ['text'];
  const unknown = formats.find((format) => !Object.hasOwn(FORMATS, format));
  if (unknown !== undefined) { throw new Failure(`unknown format '${unknown}'; expected one of: ${Object.keys(FORMATS).join(', ')}.`); }
  const output = text('output');
  if (formats.length > 1 && output === undefined) { throw new Failure('several formats need --output with a folder for them.'); }
  const failOn = levelOf(text('fail-on') ?? config.failOn ?? 'error');
  const given = paths.length > 0 ? paths : defaultPaths(surface.cwd);
  const { sources, failures } = readSources(surface.cwd, given, surface.stdin);
  // A pipeline that checks nothing must not be green.
  if (sources.length + failures.length === 0) { failures.push(new Failure('no stack found', given.join(' '))); }
  const rules = rulesOf(config, listOf(text('rules')), listOf(text('skip')));
  unknownAcknowledgements(sources.map((source) => ({ ...source, file: shown(source.file, surface.cwd) })), config)
    .forEach((sentence) => surface.err(`cdk-encryption: ${sentence}`));
  const { findings: found, resources } = run(sources, { rules, config, cwd: surface.cwd, today: surface.today, progress: surface.progress });
  const write = text('write-baseline');
  if (write !== undefined) {
    const open = found.filter(({ acknowledged, level }) => acknowledged === undefined && level !== 'undetermined');
    const entries = open.map(({ fingerprint, rule, file, logicalId }) => ({ fingerprint, rule: rule.id, file, logicalId }));
    writeOut(resolve(surface.cwd, write), JSON.stringify(entries, undefined, 2), write);
    surface.err(`wrote ${open.length} findings to ${write}`);
    return failures.length > 0 ? 2 : 0;
  }
  const old = baseline(surface.cwd, text('baseline') ?? config.baseline);
  const fresh = found.filter(({ fingerprint }) => !old.has(fingerprint));
  const report: Report = {
    findings: sorted(fresh.filter(({ acknowledged }) => acknowledged === undefined)),
    acknowledged: fresh.filter(({ acknowledged }) => acknowledged !== undefined),
    failures: failures.map(({ message, file, line, column }) => new Failure(message, file && shown(file, surface.cwd), line, column)),
    templates: [...new Set(sources.map(({ file }) => shown(file, surface.cwd)))],
    resources,
    rules: rules.length,
    version: version(),
  };
  for (const format of formats) { emit(format, formats.length, report, output, surface, values.verbose === true); }
  if (failures.length > 0) { return 2; }
  return failOn !== 'never' && report.findings.some(({ level }) => isAtLeast(level, failOn)) ? 1 : 0;
}

function emit(format: string, of: number, report: Report, output: string | undefined, surface: Surface, verbose: boolean): void {
  const { ending, render } = FORMATS[format];
  const printed = output === undefined || (of > 1 && ending === undefined);
  const text = render(report, surface.colour && printed, verbose);
  if (printed) { return surface.out(text); }
  const path = resolve(surface.cwd, of > 1 ? join(output, `cdk-encryption.${ending}`) : output);
  writeOut(path, text, output);
}

/** Whole or not at all: what is there stays until the new text is on the disk. */
function writeOut(path: string, text: string, shownAs: string): void {
  const unfinished = `${path}.unfinished`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(unfinished, `${text}\n`);
    renameSync(unfinished, path);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw new Failure(`cannot be written (${(error as Error).message})`, shownAs);
  }
}

function rulesOf(config: Config, only: string[] | undefined, skip: string[] | undefined): Rule[] {
  const wanted = only ?? config.rules ?? ['*'];
  const unwanted = skip ?? config.skip ?? [];
  const fits = (pattern: string, id: string) => matchesPattern(pattern, id) || matchesPattern(`Encryption-${pattern}`, id);
  const unknown = [...wanted, ...unwanted].find((pattern) => !RULES.some(({ id }) => fits(pattern, id)));
  if (unknown !== undefined) { ruleNamed(unknown, RULES); }
  const named = (patterns: string[], id: string) => patterns.some((pattern) => fits(pattern, id));
  return RULES.filter(({ id }) => named(wanted, id) && !named(unwanted, id));
}

function baseline(cwd: string, file: string | undefined): Set<string> {
  if (file === undefined) { return new Set(); }
  try {
    const entries: unknown = JSON.parse(readFileSync(resolve(cwd, file), 'utf8'));
    if (!Array.isArray(entries)) { throw new Error('not a list'); }
    return new Set(entries.map(({ fingerprint }) => String(fingerprint)));
  } catch (error) {
    throw new Failure(`the baseline cannot be read (${(error as Error).message})`, file);
  }
}

function levelOf(level: string): Finding['level'] | 'never' {
  if (level === 'never' || LEVELS.includes(level as Finding['level'])) { return level as Finding['level'] | 'never'; }
  throw new Failure(`--fail-on cannot be '${level}'; expected one of: ${LEVELS.join(', ')}, never.`);
}

function defaultPaths(cwd: string): string[] {
  if (existsSync(join(cwd, 'cdk.out'))) { return ['cdk.out']; }
  throw new Failure('no cdk.out in this folder. Say what to check, for example `cdk-encryption check cdk.out template.yaml`.');
}

function sorted(findings: Finding[]): Finding[] {
  return [...findings].sort((a, b) => a.file.localeCompare(b.file) || a.logicalId.localeCompare(b.logicalId)
    || LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level));
}

const listOf = (text: string | undefined) => text?.split(',').map((item) => item.trim()).filter(Boolean);

function version(): string {
  return JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8')).version;
}
