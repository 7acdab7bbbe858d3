import { readdirSync, readFileSync } from 'node:fs';
import { join, normalize, relative, sep } from 'node:path';

const SRC = join(__dirname, '..', 'src');

/** What each part of the library may import: arrows point one way, down this list. */
const MAY_IMPORT: Record<string, string[]> = {
  'private': [],
  'template': [],
  'policy': ['template'],
  'rules': ['policy', 'template'],
  'statements': ['private'],
  'kms': ['rules', 'policy', 'template', 'statements', 'private'],
  's3': ['kms', 'rules', 'policy', 'template', 'statements', 'private'],
  'sqs': ['kms', 'rules', 'policy', 'template', 'statements', 'private'],
  'rds': ['kms', 'rules', 'policy', 'template', 'statements', 'private'],
  // The load balancer writes into the shared log bucket of S3.
  'elasticloadbalancingv2': ['s3', 'kms', 'rules', 'policy', 'template', 'statements', 'private'],
  'adoption': ['kms', 's3', 'sqs', 'rds', 'elasticloadbalancingv2', 'private'],
  'checks': ['kms', 's3', 'sqs', 'rds', 'elasticloadbalancingv2', 'rules', 'template', 'private'],
  'cli': ['checks', 'rules', 'template', 'private'],
  '': ['adoption', 'kms', 's3', 'sqs', 'rds', 'elasticloadbalancingv2', 'checks'],
};

const files = (readdirSync(SRC, { recursive: true }) as string[]).filter((file) => file.endsWith('.ts')).map((file) => file.split(sep).join('/'));

function partOf(file: string): string {
  return Object.keys(MAY_IMPORT).filter((part) => part === '' || file.startsWith(`${part}/`)).sort((a, b) => b.length - a.length)[0];
}

function importsOf(file: string): string[] {
  const source = readFileSync(join(SRC, file), 'utf8');
  return [...source.matchAll(/from '([^']+)'/g)].map(([, module]) => module);
}

function localImports(file: string): string[] {
  return importsOf(file).filter((module) => module.startsWith('.'))
    .map((module) => relative(SRC, normalize(join(SRC, file, '..', module))).split(sep).join('/'));
}

test.each(files)('%s imports only what lies below it', (file) => {
  const allowed = [partOf(file), ...MAY_IMPORT[partOf(file)]];
  for (const imported of localImports(file)) {
    expect(allowed).toContain(partOf(`${imported}/`.replace(/^([^/]+)\/$/, '$1/')));
  }
});

test('rules read templates only: they import neither the CDK nor a construct', () => {
  const loadedByRules = new Set<string>();
  const visit = (file: string) => {
    if (loadedByRules.has(file)) { return; }
    loadedByRules.add(file);
    localImports(file).forEach((imported) => visit(`${imported}.ts`));
  };
  files.filter((file) => file.endsWith('/rules.ts')).forEach(visit);
  const external = [...loadedByRules].flatMap((file) => importsOf(file).filter((module) => !module.startsWith('.')));
  expect(external).toEqual([]);
});

test('only the pack of checks imports cdk-nag', () => {
  expect(files.filter((file) => importsOf(file).includes('cdk-nag'))).toEqual(['checks/encryption-checks.ts']);
});
