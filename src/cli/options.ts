import { parseArgs } from 'node:util';
import { Failure } from './failure';

/** An option of a command: what the help, the shell's completion and the parser know of it. */
export interface Option {
  /** What its value is called, as `<file>`; a flag has none. */
  readonly value?: string;
  /** Several values, by comma or by giving it again. */
  readonly list?: boolean;
  /** All values that there are, where a shell can offer them. */
  readonly values?: readonly string[];
  readonly help: string;
  /** What is so where it is left out. */
  readonly otherwise?: string;
  /** As somebody would write it. */
  readonly example?: string;
}

export type Options = Readonly<Record<string, Option>>;

export interface Command {
  /** What stands after the name. */
  readonly takes: string;
  readonly help: string;
  readonly options: Options;
  readonly examples: readonly string[];
  /** What its exit codes say, where it is not about findings. */
  readonly exitCodes?: string;
}

/** The options that were given, each checked to have a value. */
export interface Given {
  readonly flag: (name: string) => boolean;
  readonly text: (name: string) => string | undefined;
  readonly list: (name: string) => readonly string[] | undefined;
}

interface Parsed {
  readonly name?: string;
  readonly rest: string[];
  readonly given: Given;
}

export const EVERYWHERE: Options = {
  help: { help: 'show this, or the options of a command', example: 'cdk-encryption check --help' },
  version: { help: 'show the version', example: 'cdk-encryption --version' },
};

/** Parses the arguments of any of the commands; an option of another command is not taken. */
export function parsedArguments(args: string[], commands: Readonly<Record<string, Command>>): Parsed {
  const all: Options = Object.assign({}, ...Object.values(commands).map(({ options }) => options), EVERYWHERE);
  const { values, positionals: [name, ...rest] } = parseArgs({
    args,
    allowPositionals: true,
    options: Object.fromEntries(Object.entries(all).map(([option, { value }]) => [option, { type: value ? 'string' as const : 'boolean' as const, multiple: true }])),
  });
  const command = name === undefined || !Object.hasOwn(commands, name) ? undefined : commands[name];
  for (const [option, content] of Object.entries(values)) {
    if (command && !Object.hasOwn({ ...command.options, ...EVERYWHERE }, option)) { throw new Failure(`--${option} is not an option of ${name}. See cdk-encryption ${name} --help.`); }
    checkGiven(option, all[option], content as unknown[]);
  }
  const given = (option: string) => values[option] as string[] | undefined;
  return {
    name,
    rest,
    given: {
      flag: (option) => given(option) !== undefined,
      text: (option) => given(option)?.[0],
      list: (option) => given(option) && listOf(given(option)!.join(',')),
    },
  };
}

/** A variable of a pipeline that is not set must not choose nothing, and nothing that is given may be ignored. */
function checkGiven(name: string, option: Option, content: readonly unknown[]): void {
  if (!option.value) { return; }
  if (!option.list && content.length > 1) { throw new Failure(`--${name} is given ${content.length} times; give it once.`); }
  if (content.some((each) => listOf(String(each)).length === 0)) {
    throw new Failure(`--${name} is empty: is a variable not set? Give it a value, or leave it out${option.otherwise ? ` (${option.otherwise})` : ''}.`);
  }
}

export const listOf = (text: string) => text.split(',').map((item) => item.trim()).filter(Boolean);
