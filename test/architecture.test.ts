import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, normalize, relative, sep } from 'node:path';

const SRC = join(__dirname, '..', 'src');

/** A service is a folder with a declaration. */
const SERVICES = readdirSync(SRC).filter((folder) => existsSync(join(SRC, folder, 'service.ts')));

/** What every service stands on. */
const BELOW_SERVICES = ['table', 'completion', 'flows', 'declared flows', 'rules', 'policy', 'template', 'statements', 'private'];

/** What each part of the library may import: arrows point one way. A service may use another one, as long as no circle comes of it. */
const MAY_IMPORT: Record<string, string[]> = {
  'private': [],
  'template': [],
  // What is known of every resource type, as data, and how a template is read by it.
  'table': ['template'],
  'policy': ['template'],
  'rules': ['policy', 'template'],
  'statements': ['private'],
  // What each service declares stands in its folder, and is CDK-free data over the template model.
  'flows': ['declared flows', 'rules', 'policy', 'template', 'statements'],
  'declared flows': ['flows', 'template'],
  'completion': ['flows', 'declared flows', 'template', 'statements', 'private'],
  ...Object.fromEntries(SERVICES.map((service) => [service, [...BELOW_SERVICES, ...SERVICES]])),
  'adoption': [...SERVICES, 'completion', 'private'],
  'checks': [...SERVICES, ...BELOW_SERVICES, 'services'],
  // What an auditor asks: who can do what, and the inventory.
  'report': ['checks', ...SERVICES, ...BELOW_SERVICES, 'services'],
  // What a change means: who can do what before and after, and what the rules say.
  'diff': ['report', 'checks', ...SERVICES, ...BELOW_SERVICES, 'services'],
  'cli': ['diff', 'report', 'checks', 'rules', 'policy', 'template', 'private'],
  // What teams write their own rules with: beside the index, because jsii has no functions.
  'own-rules': ['cli', 'checks', 'rules', 'template'],
  'services': [...SERVICES, 'rules'],
  'index': ['adoption', 'checks', ...SERVICES],
};

const files = (readdirSync(SRC, { recursive: true }) as string[]).filter((file) => file.endsWith('.ts')).map((file) => file.split(sep).join('/'));

/** The folder of a file; for one that stands in src itself, its name. */
function partOf(file: string): string {
  if (/^(?!flows\/)[^/]+\/flows\.ts$/.test(file)) { return 'declared flows'; }
  return file.split('/')[0].replace(/\.ts$/, '');
}

function importsOf(file: string, typesToo = true): string[] {
  const source = readFileSync(join(SRC, file), 'utf8');
  return [...source.matchAll(/^(?:import|export)( type)? [^;]*?from '([^']+)'/gm)].filter(([, type]) => typesToo || type === undefined).map(([, , module]) => module);
}

/** The files that a file imports. */
function localImports(file: string, typesToo = true): string[] {
  return importsOf(file, typesToo).filter((module) => module.startsWith('.')).map((module) => {
    const path = relative(SRC, normalize(join(SRC, file, '..', module))).split(sep).join('/');
    return existsSync(join(SRC, `${path}.ts`)) ? `${path}.ts` : `${path}/index.ts`;
  });
}

test.each(files)('%s imports only what lies below it', (file) => {
  const part = partOf(file);
  expect(Object.keys(MAY_IMPORT)).toContain(part);
  for (const imported of localImports(file)) { expect([part, ...MAY_IMPORT[part]]).toContain(partOf(imported)); }
});

/** Circles of imports, as the files on the way. */
function circles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const done = new Set<string>();
  const found: string[][] = [];
  const visit = (file: string, way: readonly string[]) => {
    if (way.includes(file)) { found.push([...way.slice(way.indexOf(file)), file]); return; }
    if (done.has(file)) { return; }
    for (const next of graph.get(file) ?? []) { visit(next, [...way, file]); }
    done.add(file);
  };
  for (const file of graph.keys()) { visit(file, []); }
  return found;
}

test('no files import each other in a circle', () => {
  expect(circles(new Map(files.map((file) => [file, localImports(file)])))).toEqual([]);
});

test('no services use each other in a circle', () => {
  const used = (service: string) => [...new Set(files.filter((file) => partOf(file) === service).flatMap((file) => localImports(file)).map(partOf))]
    .filter((part) => part !== service && SERVICES.includes(part));
  expect(circles(new Map(SERVICES.map((service) => [service, used(service)])))).toEqual([]);
});

test('rules read templates only: they import neither the CDK nor a construct', () => {
  const loadedByRules = new Set<string>();
  const visit = (file: string) => {
    if (loadedByRules.has(file)) { return; }
    loadedByRules.add(file);
    localImports(file, false).forEach(visit);
  };
  files.filter((file) => file.endsWith('/service.ts')).forEach(visit);
  const external = [...loadedByRules].flatMap((file) => importsOf(file, false).filter((module) => !module.startsWith('.')));
  expect(loadedByRules.size).toBeGreaterThan(80);
  expect(external).toEqual([]);
});

test('nobody outside of the model reads what is not resolved', () => {
  const raw = /\.resolver\b|\btemplate\.json\b|\.properties\b/;
  const readers = files.filter((file) => /(^|\/)(rules\/|[\w-]*(checks|questions|flows|relations|keys)\.ts$)/.test(file) || /^(rules|policy|checks)\//.test(file))
    .filter((file) => raw.test(readFileSync(join(SRC, file), 'utf8').replace(/\/\*[^]*?\*\/|\/\/.*$/gm, '')));
  expect(readers).toEqual([]);
});

test('what is worked out once is kept by what works it out, not by a name', () => {
  expect(files.filter((file) => /\.once\(/.test(readFileSync(join(SRC, file), 'utf8')))).toEqual([]);
});

test('only the pack of checks imports cdk-nag', () => {
  expect(files.filter((file) => importsOf(file).includes('cdk-nag'))).toEqual(['checks/encryption-checks.ts']);
});
