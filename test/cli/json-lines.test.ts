import * as fc from 'fast-check';
import { parseTemplate } from '../../src/cli/parse';

/** Names and texts with everything in them that means something in JSON. */
const word = fc.string({ unit: fc.constantFrom('a', '"', '\\', '{', '}', '[', ']', ':', ',', '\n', 'é', '\u2028', ' '), minLength: 1, maxLength: 6 }).filter((text) => text !== '__proto__');
const value = fc.letrec<{ any: unknown }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' }, word, fc.integer(), fc.constant(null), fc.array(tie('any'), { maxLength: 3 }), fc.dictionary(word, tie('any'), { maxKeys: 3 })),
})).any;
const template = fc.record({
  Metadata: value,
  Outputs: fc.dictionary(word, value, { maxKeys: 2 }),
  Resources: fc.dictionary(word, fc.dictionary(word, value, { maxKeys: 3 }), { minKeys: 1, maxKeys: 4 }),
});

/** A name that no text of the template has stands in front of each resource, on a line of its own. */
const linesBySearch = (text: string, name: string, body: unknown) => {
  const written = JSON.stringify({ [name]: body }, undefined, 1).split('\n').slice(1, -1).map((line) => ` ${line}`);
  const lines = text.split('\n');
  return lines.flatMap((_, at) => (written.every((line, offset) => lines[at + offset]?.replace(/,$/, '') === line.replace(/,$/, '')) ? [{ first: at + 1, last: at + written.length }] : []));
};

test('the lines of each resource are those between its name and its last brace, whatever texts hold', () => {
  fc.assert(fc.property(template, fc.constantFrom('\n', '\r\n'), (json, newline) => {
    const text = JSON.stringify(json, undefined, 1);
    const { linesOf } = parseTemplate(text.split('\n').join(newline), 'template.json');
    for (const [name, body] of Object.entries(json.Resources)) {
      const { first, last } = linesOf(name)!;
      expect(linesBySearch(text, name, body)).toContainEqual({ first, last });
    }
  }), { numRuns: 300, seed: 12 });
});

test('a template deeper than any is read all the same', () => {
  const deep = `${'['.repeat(300)}1${']'.repeat(300)}`;
  const { linesOf } = parseTemplate(`{\n"Resources": {\n"A": {"Type": "X", "Properties": {"P": ${deep}}},\n"B": {\n"Type": "X"\n}}}`, 'template.json');
  expect(linesOf('A')).toMatchObject({ first: 3, last: 3 });
  expect(linesOf('B')).toMatchObject({ first: 4, last: 6 });
});
