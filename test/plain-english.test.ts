import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportedDocstrings } from './support/docstrings';
import { codedIn } from '../scripts/errors/extract';
import { RULES } from '../src/checks/rule-table';

/*
 * What users read is written for somebody whose first language is not English, in a hurry, at night: today's words, and the words of AWS.
 */
const ROOT = join(__dirname, '..');
const INSTEAD: ReadonlyArray<readonly [avoid: RegExp, write: string]> = [
  [/\bmend(s|ed|ing)?\b/i, 'change, fix'],
  [/\bfor ever\b/i, 'permanently'],
  [/\bha(s|ve) not\b(?! been| yet)/i, 'does not have'],
  [/(?<!there )\b(is|are|was) no (?!longer\b|more\b)/i, 'is not a'],
  [/\b(he|his|him|himself)\b/, 'they, their'],
  [/\blets? (\w+ ){0,4}in\b(?! the| a| an| this| its| your| \d)/i, 'allows'],
  [/\bopens? (the|its|a|both|his) keys?\b/i, 'adds to the key policy'],
  [/\bthere (is|are) no (command|setting|format|rule)\b/i, 'unknown …; expected one of:'],
  [/\bnobody can tell\b/i, 'say what to set'],
  [/\bunasked\b|\bthereof\b|\bwherefrom\b|\bwhence\b/i, 'a plain word'],
];

function pages(): Array<readonly [where: string, text: string]> {
  const folders = readdirSync(join(ROOT, 'src')).map((service) => `src/${service}/README.md`);
  const docs = readdirSync(join(ROOT, 'docs')).filter((file) => file.endsWith('.md') && file !== 'errors.md').map((file) => `docs/${file}`);
  return ['README.md', 'CONTRIBUTING.md', ...docs, ...folders].filter((page) => existsSync(join(ROOT, page)))
    .flatMap((page) => withoutCode(readFileSync(join(ROOT, page), 'utf8')).split('\n').map((line, n) => [`${page}:${n + 1}`, line] as const));
}

/** The same number of lines. */
const withoutCode = (markdown: string) => markdown.replace(/^```[\s\S]*?^```/gm, (code) => code.replace(/.+/g, '')).replace(/`[^`\n]*`/g, '');

const texts: Array<readonly [where: string, text: string]> = [
  ...pages(),
  ...codedIn(join(ROOT, 'src')).map(({ file, code, message }) => [`src/${file} ${code}`, message] as const),
  ...exportedDocstrings(join(ROOT, 'src', 'index.ts')).flatMap(({ of, text, tags }) =>
    [text, ...tags.map(([, tag]) => tag)].map((each) => [of, each] as const)),
  ...RULES.flatMap(({ id, info, why, fix }) => [info, why, fix].map((text) => [id, text] as const)),
];

test.each(INSTEAD)('%s is not written in what users read: write "%s"', (avoid) => {
  expect(texts.filter(([, text]) => avoid.test(text)).map(([where, text]) => `${where}: ${text.trim()}`)).toEqual([]);
});
