#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { command } from './command';

/** A run that takes longer says how far it is. */
const QUIET_MILLISECONDS = 1000;
const started = Date.now();

function progress(done: number, of: number): void {
  if (Date.now() - started > QUIET_MILLISECONDS) { process.stderr.write(`\r${done} of ${of} templates${done === of ? '\n' : ''}`); }
}

try {
  process.exitCode = command(process.argv.slice(2), {
    cwd: process.cwd(),
    out: (text) => process.stdout.write(`${text}\n`),
    err: (text) => process.stderr.write(`${text}\n`),
    colour: process.stdout.isTTY === true && process.env.NO_COLOR === undefined,
    progress: process.stderr.isTTY ? progress : undefined,
    stdin: () => readFileSync(0, 'utf8'),
    today: new Date().toISOString().slice(0, 10),
  });
} catch (error) {
  process.stderr.write(`cdk-encryption: this is a mistake of ours, please report it: ${(error as Error).message}\n`);
  process.exitCode = 2;
}
