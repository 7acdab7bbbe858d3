#!/usr/bin/env node
import './engine';
import { command } from './command';
import { readText } from './decode';
import { isColoured, progressLine } from './terminal';

const line = process.stderr.isTTY ? progressLine((text) => process.stderr.write(text), Date.now) : undefined;
const around = (write: (text: string) => void) => (text: string) => { line?.clear(); write(`${text}\n`); };

// `| head` closes the pipe before all is written.
process.stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
  if (code !== 'EPIPE') { process.stderr.write(`cdk-encryption: the report cannot be written (${message})\n`); process.exitCode = 2; }
});

try {
  process.exitCode = command(process.argv.slice(2), {
    cwd: process.cwd(),
    out: around((text) => process.stdout.write(text)),
    err: around((text) => process.stderr.write(text)),
    colour: isColoured(process.env, process.stdout.isTTY),
    progress: line?.tell,
    stdin: () => readText(0),
    today: new Date().toISOString().slice(0, 10),
  });
} catch (error) {
  line?.clear();
  process.stderr.write(`cdk-encryption: internal error; please report it at https://github.com/cdk-encryption-constructs/cdk-encryption-constructs/issues: ${(error as Error).message}\n`);
  process.exitCode = 2;
}
