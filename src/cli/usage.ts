import type { Command, Options } from './options';
import { EVERYWHERE } from './options';

/** The whole help: every command with every option and an example of each. */
export function usage(commands: Readonly<Record<string, Command>>): string {
  const names = Object.entries(commands).map(([name, { takes, help }]) => [`cdk-encryption ${name} ${takes}`.trimEnd(), help] as const);
  const width = Math.max(...names.map(([name]) => name.length));
  return [
    'Usage:',
    ...names.map(([name, help]) => `  ${name.padEnd(width)}  ${help}`),
    ...Object.entries(commands).flatMap(([name, { options }]) => (Object.keys(options).length === 0 ? [] : ['', `Options of ${name}:`, ...optionLines(options)])),
    '',
    'Everywhere:',
    ...optionLines(EVERYWHERE),
    '',
    EXIT_CODES,
    ...Object.entries(commands).flatMap(([name, { exitCodes }]) => (exitCodes === undefined ? [] : [`${exitCodes.replace('Exit codes', `Of ${name}`)}`])),
  ].join('\n');
}

/** The help of one command. */
export function commandUsage(name: string, { takes, help, options, examples, exitCodes = EXIT_CODES }: Command): string {
  return [
    `Usage: cdk-encryption ${name} ${takes}`.trimEnd(),
    '',
    `${help[0].toUpperCase()}${help.slice(1)}.`,
    '',
    ...(Object.keys(options).length === 0 ? [] : ['Options:', ...optionLines(options), '']),
    'Examples:',
    ...examples.map((example) => `  ${example}`),
    '',
    exitCodes,
  ].join('\n');
}

const EXIT_CODES = 'Exit codes: 0 no findings, 1 findings, 2 something could not be checked.';

function optionLines(options: Options): string[] {
  const heads = Object.entries(options).map(([name, option]) => [`--${name}${option.value ? ` ${option.value}` : ''}`, option] as const);
  const width = Math.max(...heads.map(([head]) => head.length));
  return heads.flatMap(([head, { help, otherwise, example }]) => [
    `  ${head.padEnd(width)}  ${help}${otherwise === undefined ? '' : ` (${otherwise})`}`,
    ...(example === undefined ? [] : [`  ${''.padEnd(width)}    ${example}`]),
  ]);
}
