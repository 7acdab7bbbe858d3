import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Coded, codedIn } from '../scripts/errors/extract';
import { errorsMarkdown, partsOf } from '../scripts/errors-md';

const ROOT = join(__dirname, '..');
const coded = codedIn(join(ROOT, 'src'));

test('docs/errors.md has every error and warning of the sources: `npx projen errors` writes it', () => {
  expect(readFileSync(join(ROOT, 'docs', 'errors.md'), 'utf8')).toBe(errorsMarkdown(coded));
});

test('every code is in PascalCase', () => {
  expect(coded.length).toBeGreaterThan(80);
  expect(coded.filter(({ code }) => !/^[A-Z][A-Za-z0-9]+$/.test(code))).toEqual([]);
});

test('every error says what to do', () => {
  expect(coded.filter(({ kind, message }) => kind === 'error' && partsOf(message)[1] === '')).toEqual([]);
});

describe('a code is found', () => {
  function coding(source: string): Coded[] {
    const src = mkdtempSync(join(tmpdir(), 'src-'));
    mkdirSync(join(src, 'a'));
    writeFileSync(join(src, 'a', 'constants.ts'), 'export const LONGEST = 30;\nexport const NAME = { not: "text" };\n');
    writeFileSync(join(src, 'a', 'thing.ts'), source);
    return codedIn(src);
  }
  const found = (message: string, kind = 'error') => [{ kind, code: 'Wrong', message, file: 'a/thing.ts' }];

  test.each<[string, string, ReturnType<typeof found>]>([
    ['where an error is thrown, with constants of other files and names for what a run knows',
      "throw new EncryptionError(path, 'Wrong', `'days' is over ${LONGEST}, got ${show(days)} in ${stack.node.path}. ` + 'Take less.');",
      found("'days' is over 30, got *days* in *stack*. Take less.")],
    ['in each of two messages', "throw new EncryptionError(path, 'Wrong', given ? 'It is given. Leave it out.' : `It is not ${NAME}. Give it.`);",
      [...found('It is given. Leave it out.'), ...found('It is not *name*. Give it.')]],
    ['in a refusal', "const R = [{ prop: 'open', code: 'Wrong', refuses: (value) => value === true, because: 'it opens', remedy: 'Leave it out' }];",
      found("'open' cannot be true: it opens. Leave it out.")],
    ['in a refusal for several props', "const R = (['a', 'b'] as const).map((prop) => ({ prop, code: 'Wrong', refuses: () => true, because: 'no', remedy: 'Leave it out' }));",
      found("'a' or 'b' cannot be *value*: no. Leave it out.")],
    ['in a refusal that spreads its reason', "const why = { because: 'no', remedy: 'Leave it out' }; const R = [{ prop: 'a', code: 'Wrong', refuses, ...why }];",
      found("'a' cannot be *value*: no. Leave it out.")],
    ['at the end of a text that a validation gives back', "return [`${node.path} is open. ` + 'Close it. [Wrong]'];", found('*node* is open. Close it.')],
    ['in a warning', "warn(scope, 'Wrong', `Nothing is sent to ${queue.node.path}.`);", found('Nothing is sent to *queue*.', 'warning')],
  ])('%s', (_, source, expected) => {
    expect(coding(source)).toEqual(expected);
  });

  test('or refused, where it is not written as text', () => {
    expect(() => coding('throw new EncryptionError(path, code, `It is open. Close it.`);')).toThrow('src/a/thing.ts: the code of an error must be written as text, got code');
  });
});
