import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(__dirname, '../..');

/** Runs a command in a folder; gives what it prints, and throws where it fails. */
export const run = (cwd: string, command: string, ...args: string[]) =>
  execFileSync(command, args, { cwd, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, stdio: ['ignore', 'pipe', 'pipe'] });

/** The peers of the package at the versions that this checkout has, as a package manager names them. */
export function peers(separator: '@' | '=='): string[] {
  const { devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  return ['aws-cdk-lib', 'constructs', 'cdk-nag'].map((name) => `${name}${separator}${devDependencies[name]}`);
}
