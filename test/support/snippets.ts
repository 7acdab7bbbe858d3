import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './shell';

/** A piece of TypeScript on a page. */
export interface Snippet {
  /** The page, from the root of the repository. */
  readonly page: string;
  /** Which one of the page: 0 is the first. */
  readonly n: number;
  readonly code: string;
}

const markdownIn = (folder: string) => readdirSync(join(ROOT, folder)).filter((file) => file.endsWith('.md')).map((file) => join(folder, file));

/** Guides and the pages of services. docs/side-by-side.md shows files that are compiled and compared. */
const PAGES = [
  ...markdownIn('docs').filter((page) => page !== 'docs/side-by-side.md'),
  ...readdirSync(join(ROOT, 'src')).map((service) => `src/${service}/README.md`).filter((page) => existsSync(join(ROOT, page))),
];

/** What the pages show of code inside of a stack. */
export const SNIPPETS: readonly Snippet[] = PAGES.flatMap((page) =>
  [...readFileSync(join(ROOT, page), 'utf8').matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code], n) => ({ page, n, code })));

/** The whole app that the README shows. */
export const [, README_APP] = /```ts nofixture\n(import [\s\S]*?)```/.exec(readFileSync(join(ROOT, 'README.md'), 'utf8'))!;
