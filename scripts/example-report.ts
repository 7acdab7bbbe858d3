import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ordersApp } from '../examples/orders/app';
import { command } from '../src/cli/command';
import { version } from '../src/cli/version';

/** The report of examples/orders for docs/example-report: of no commit, always of the same time, and of no release, so that only what it says changes it. */
const OUTPUT = join('docs', 'example-report');
process.env.SOURCE_DATE_EPOCH = String(Date.UTC(2026, 10, 26) / 1000);

const cwd = join(__dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'orders-'));
try {
  ordersApp({ outdir: join(folder, 'cdk.out'), context: { 'aws:cdk:enable-path-metadata': true } }).synth();
  const files: string[] = [];
  process.exitCode = command(['report', 'cdk.out', '--format', 'html,cbom,csv,json', '--commit', 'none', '--output', join(cwd, OUTPUT)], {
    cwd: folder, out: (file) => files.push(file), err: (text) => console.error(text), colour: false, stdin: () => '', today: '2026-11-26',
  });
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replaceAll(`"version": "${version()}"`, '"version": "0.0.0"').replaceAll(`constructs ${version()},`, 'constructs 0.0.0,'));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
