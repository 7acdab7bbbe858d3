import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { peers, ROOT, run } from '../support/shell';

// As a user's app has it.
delete process.env.CDK_VALIDATION;

let folder: string;
let python: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'python-'));
  run(ROOT, 'npx', 'projen', 'compile');
  run(ROOT, 'npx', 'jsii-pacmak', '--target', 'python', '--outdir', join(folder, 'dist'));
  run(folder, 'python3', '-m', 'venv', 'venv');
  python = join(folder, 'venv/bin/python');
  const wheel = readdirSync(join(folder, 'dist/python')).find((file) => file.endsWith('.whl'))!;
  run(folder, python, '-m', 'pip', 'install', '--quiet', ...peers('=='), join(folder, 'dist/python', wheel));
}, 400_000);

test('mixins, injectors and constructs work from Python, and its errors name path, prop and remedy', () => {
  const { stdout, stderr, status } = spawnSync(python, [join(__dirname, 'python/app.py')], { cwd: folder, encoding: 'utf8' });
  expect([status, status === 0 ? '' : stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^New\/Weak: 'enforceSSL' cannot be false: .* Leave it out/);
  const template = JSON.parse(readFileSync(join(folder, 'cdk.out/New.template.json'), 'utf8'));
  const [bucket] = Object.entries<any>(template.Resources).filter(([id, { Type }]) => Type === 'AWS::S3::Bucket' && id.startsWith('Bucket'));
  expect(JSON.stringify(bucket[1].Properties.BucketEncryption)).toContain('SharedEncryptionKey');
}, 120_000);
