import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ROOT } from '../support/shell';

const INTEG = join(ROOT, 'test/integ');

/** Runs `npx projen integ`, which deploys nothing; tests are named from the folder `test`. */
function integ(...tests: string[]): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync('npx', ['projen', 'integ', ...tests], { cwd: ROOT, encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

test('no template of a construct differs from its integ-runner snapshot: nothing of a user would be replaced', () => {
  const { status, output } = integ();
  expect([status, status === 0 ? '' : output]).toEqual([0, '']);
  const apps = readdirSync(INTEG).filter((file) => /^integ\..*\.ts$/.test(file)).length;
  expect(apps).toBeGreaterThan(16);
  expect(output).toMatch(new RegExp(`Tests: +${apps} passed, ${apps} total`));
}, 900_000);

test('integ-runner names a key that would be replaced', () => {
  // Inside the project, where the app finds the sources and integ-runner finds the app.
  const copy = mkdtempSync(join(ROOT, 'test/integ-changed-'));
  try {
    cpSync(INTEG, copy, { recursive: true });
    const template = join(copy, 'integ.encryption-key.ts.snapshot/Stack.template.json');
    writeFileSync(template, readFileSync(template, 'utf8').replace('"EnableKeyRotation": true', '"EnableKeyRotation": true, "KeySpec": "RSA_2048"'));
    const { status, output } = integ(`${basename(copy)}/integ.encryption-key.ts`);
    expect([status, output]).toEqual([1, expect.stringMatching(/CHANGED[^]*AWS::KMS::Key It/)]);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}, 120_000);
