import { Failure } from './failure';
import type { Command } from './options';
import { EVERYWHERE } from './options';

type Commands = Readonly<Record<string, Command>>;

const SHELLS: Readonly<Record<string, (commands: Commands) => string>> = { bash, zsh: (commands) => `autoload -U +X bashcompinit && bashcompinit\n${bash(commands)}`, fish };

/** A script with which a shell completes commands, options and their values. */
export function completion(shell: string | undefined, commands: Commands): string {
  if (shell === undefined || !Object.hasOwn(SHELLS, shell)) { throw new Failure(`unknown shell '${shell ?? ''}'; expected one of: ${Object.keys(SHELLS).join(', ')}.`); }
  return SHELLS[shell](commands);
}

function bash(commands: Commands): string {
  const options = Object.entries(commands).map(([name, command]) => `    ${name}) words="${Object.keys({ ...command.options, ...EVERYWHERE }).map((option) => `--${option}`).join(' ')}" ;;`);
  // An option of one name has other values in another command.
  const values = Object.entries(commands).flatMap(([command, { options: own }]) => Object.entries(own).filter(([, option]) => option.values)
    .map(([name, option]) => `    ${command}\\ --${name}) COMPREPLY=($(compgen -W "${option.values!.join(' ')}" -- "$word")); return ;;`));
  return [
    '_cdk_encryption() {',
    '  local word="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}" words=""',
    '  if [ "$COMP_CWORD" -eq 1 ]; then',
    `    COMPREPLY=($(compgen -W "${Object.keys(commands).join(' ')}" -- "$word")); return`,
    '  fi',
    '  case "${COMP_WORDS[1]} $before" in',
    ...values,
    '  esac',
    '  case "${COMP_WORDS[1]}" in',
    ...options,
    '  esac',
    '  case "$word" in',
    '    -*) COMPREPLY=($(compgen -W "$words" -- "$word")) ;;',
    '    *) COMPREPLY=($(compgen -f -- "$word")) ;;',
    '  esac',
    '}',
    'complete -F _cdk_encryption cdk-encryption',
  ].join('\n');
}

function fish(commands: Commands): string {
  const quoted = (text: string) => `'${text.replace(/[\\']/g, '\\$&')}'`;
  return Object.entries(commands).flatMap(([name, { help, options }]) => [
    `complete -c cdk-encryption -n __fish_use_subcommand -a ${name} -d ${quoted(help)}`,
    ...Object.entries(options).map(([option, { help: text, value, values }]) =>
      `complete -c cdk-encryption -n '__fish_seen_subcommand_from ${name}' -l ${option}${value ? ' -r' : ''}${values ? ` -a ${quoted(values.join(' '))}` : ''} -d ${quoted(text)}`),
  ]).join('\n');
}
