import { check } from './check';
import { ownRulesOf } from './chosen-rules';
import { COMMANDS } from './commands';
import { completion } from './completion';
import { readConfig } from './config';
import { diff } from './diff';
import { explanation, ruleList, ruleNamed } from './explain';
import { Failure } from './failure';
import { Given, parsedArguments } from './options';
import { report } from './report-command';
import { checkedServices } from './selection';
import type { Surface } from './surface';
import { commandUsage, usage } from './usage';
import { version } from './version';
import { who } from './who';
import { RULES, rulesOfServices } from '../checks/rule-table';
import { rulesMarkdown } from '../checks/rules-markdown';
import type { Rule } from '../rules/rule';

export type { Surface } from './surface';

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

const RUN: Readonly<Record<string, (rest: string[], given: Given, surface: Surface) => number>> = {
  check,
  report,
  who,
  diff,
  rules: (rest, given, surface) => {
    if (rest.length > 0) { throw new Failure(`rules takes no '${rest[0]}'; \`cdk-encryption explain ${rest[0]}\` shows one rule.`); }
    return say(surface, rules(given.text('format') ?? 'text', rulesOfServices(allRules(given, surface), servicesOf(given))));
  },
  explain,
  completion: ([shell, ...more], _given, surface) => {
    if (more.length > 0) { throw new Failure('completion takes one shell.'); }
    return say(surface, completion(shell, COMMANDS));
  },
};

function dispatch(args: string[], surface: Surface): number {
  const { name, rest, given } = parsedArguments(args, COMMANDS);
  if (given.flag('version')) { return say(surface, version()); }
  const asked = name === 'help' ? rest[0] : name;
  if (name === undefined || name === 'help' || given.flag('help')) {
    surface.out(asked !== undefined && Object.hasOwn(COMMANDS, asked) ? commandUsage(asked, COMMANDS[asked]) : usage(COMMANDS));
    return given.flag('help') || name ? 0 : 2;
  }
  if (!Object.hasOwn(RUN, name)) { throw new Failure(`unknown command '${name}'; expected one of: ${Object.keys(COMMANDS).join(', ')}.`); }
  return RUN[name](rest, given, surface);
}

function say(surface: Surface, text: string): number {
  surface.out(text);
  return 0;
}

const allRules = (given: Given, { cwd }: Surface) => [...RULES, ...ownRulesOf(given, readConfig(cwd, given.text('config')), cwd).rules];

function servicesOf(given: Given): readonly string[] | undefined {
  const names = given.list('services');
  return checkedServices(names && { names, where: '--services' });
}

function rules(format: string, all: readonly Rule[]): string {
  switch (format) {
    case 'text': return ruleList(all);
    case 'json': return JSON.stringify(all, undefined, 2);
    case 'markdown': return rulesMarkdown(all);
    default: throw new Failure(`unknown format '${format}'; expected one of: text, json, markdown.`);
  }
}

function explain(names: string[], given: Given, surface: Surface): number {
  if (names.every((name) => name.trim() === '')) { throw new Failure('explain needs the id of a rule; `cdk-encryption rules` lists them.'); }
  const all = allRules(given, surface);
  return say(surface, names.map((name) => explanation(ruleNamed(name, all), surface.colour)).join('\n\n'));
}
