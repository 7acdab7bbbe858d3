import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pythonEnvironment } from '../support/emulator';
import { everyType, TYPES } from '../support/every-type';

/** Errors of cfn-lint by rule and place: its texts show the whole resource. */
function cfnLint(template: object): Set<string> {
  const file = join(mkdtempSync(join(tmpdir(), 'every-type-')), 'template.json');
  writeFileSync(file, JSON.stringify(template));
  const { stdout, stderr } = spawnSync(join(pythonEnvironment(), 'bin/cfn-lint'), ['--format', 'json', '--regions', 'us-east-1', '--template', file], {
    encoding: 'utf8', maxBuffer: 64 * 1024 * 1024,
  });
  if (!stdout.trim().startsWith('[')) { throw new Error(`cfn-lint did not run: ${stderr}`); }
  return new Set(JSON.parse(stdout).filter(({ Rule }: any) => Rule.Id.startsWith('E')).map(({ Rule, Location }: any) => `${Rule.Id} ${(Location.Path ?? []).join('/')}`));
}

/** Newer than the schemas of cfn-lint at the version of requirements.txt. */
const NEWER = new Set(['E3002 Resources/LambdaFunction/Properties/DurableConfig/KMSKeyArn']);

test('cfn-lint finds nothing in what EncryptionAtRest makes of every type that it does not find in the type before', () => {
  const before = cfnLint(everyType(false));
  const made = cfnLint(everyType(true));
  expect([...made].filter((each) => !before.has(each) && !NEWER.has(each))).toEqual([]);
  expect(TYPES.length).toBeGreaterThan(250);
}, 600_000);

test('cfn-lint is a judge of them: it finds a property that a type does not have', () => {
  const template = everyType(true) as any;
  template.Resources.EFSFileSystem.Properties.KmsKeyIdentifier = 'x';
  expect([...cfnLint(template)]).toContain('E3002 Resources/EFSFileSystem/Properties/KmsKeyIdentifier');
}, 600_000);
