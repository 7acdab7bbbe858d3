import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Construct } from 'constructs';
import { servicesMarkdown } from '../scripts/services/markdown';
import * as library from '../src';
import { RULES } from '../src/checks/rule-table';
import { SERVICES } from '../src/services';

const ROOT = join(__dirname, '..');
const pages = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'API.md',
  ...(readdirSync(join(ROOT, 'docs'), { recursive: true }) as string[]).filter((page) => page.endsWith('.md')).map((page) => `docs/${page}`),
  ...readdirSync(join(ROOT, 'src')).map((service) => `src/${service}/README.md`).filter((page) => existsSync(join(ROOT, page)))];
const read = (page: string) => readFileSync(join(ROOT, page), 'utf8');

test('every link between pages leads to a file, and to a heading of it', () => {
  const anchor = (heading: string) => heading.toLowerCase().replace(/[^\w\- ]/g, '').replace(/ /g, '-');
  const broken = pages.flatMap((page) => [...read(page).matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g)]
    .filter(([, path, heading]) => {
      const target = path === '' ? page : join(dirname(page), path);
      if (!existsSync(join(ROOT, target))) { return true; }
      return heading !== undefined && ![...read(target).matchAll(/^#+ (.*)$/gm)].some(([, title]) => anchor(title) === heading);
    })
    .map(([link]) => `${page}: ${link}`));
  expect(broken).toEqual([]);
});

const guarantees = read('docs/guarantees.md').split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| construct') && !line.startsWith('| ---'))
  .map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()));
const quoted = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, text]) => text);

test('the table of guarantees names no rule that does not exist', () => {
  const ids = RULES.map(({ id }) => id.replace(/^Encryption-/, ''));
  expect(guarantees.flatMap(([,,, rules]) => quoted(rules)).filter((name) => !ids.includes(name))).toEqual([]);
});

/** The rules that the page of a service names. */
const namedBy = (service: string) => [...read(service === 'everyservice' ? 'docs/services.md' : `src/${service}/README.md`).matchAll(/[`[](?:Encryption-)?(\w+)[`\]]/g)].map(([, name]) => name);

test('the table of guarantees, or the page of its service, names every rule', () => {
  const inTable = new Set(guarantees.flatMap(([,,, rules]) => quoted(rules)));
  const missing = SERVICES.flatMap(({ name, rules }) => rules.map(({ id }) => id.replace(/^Encryption-/, '')).filter((id) => !inTable.has(id) && !namedBy(name).includes(id)));
  expect(missing).toEqual([]);
});

test('docs/services.md is what the table says: run `npx projen services`', () => {
  expect(read('docs/services.md')).toBe(servicesMarkdown());
});

test('the table of guarantees names every construct, and a proof in each row', () => {
  const named = guarantees.flatMap(([constructs]) => quoted(constructs));
  const exported = Object.entries(library).filter(([, value]) => typeof value === 'function' && value.prototype instanceof Construct).map(([name]) => name);
  expect(exported.filter((name) => !named.includes(name))).toEqual([]);
  expect(guarantees.filter(([,,,, proof]) => !/\b[DAVT]\b/.test(proof))).toEqual([]);
});
