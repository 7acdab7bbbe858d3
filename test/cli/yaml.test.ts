import { parseYaml } from '../../src/cli/parse-yaml';

const parsed = (text: string) => parseYaml(text, 'a.yaml').json;

describe('what goes on in lines that are indented no more than its key is read as YAML 1.1 has it', () => {
  test.each([
    ['a text in single quotes', "A:\n  B:\n    C: 'it''s\n  so'\n  D: 1\n", { A: { B: { C: "it's so" }, D: 1 } }],
    ['a text in double quotes', 'A:\n  B: "some \\"text\\"\nat the margin\n\nand a gap"\n', { A: { B: 'some "text" at the margin\nand a gap' } }],
    ['a text that looks like a key', "A:\n  B: 'x\n  y: z'\n", { A: { B: 'x y: z' } }],
    ['a text that looks like a comment', "A:\n  B: 'x\n  # y'\n", { A: { B: 'x # y' } }],
    ['a text that looks like a list', 'A:\n  B: "x\n- y"\n', { A: { B: 'x - y' } }],
    ['a text after a tag', "A:\n  B: !Sub 'x\n  y'\n", { A: { B: { 'Fn::Sub': 'x y' } } }],
    ['a text in a list', "A:\n  - 'x\n  y'\n  - z\n", { A: ['x y', 'z'] }],
    ['a text that begins in a line of its own', "A:\n  B:\n      'x\n  y'\n", { A: { B: 'x y' } }],
    ['a quote at the margin', "A:\n  B: 'x\n'\n", { A: { B: 'x ' } }],
    ['a text with Windows line ends', "A:\r\n  B:\r\n    C: 'x\r\n  y'\r\n", { A: { B: { C: 'x y' } } }],
    ['braces', 'A:\n  B: {\n  C: 1,\n  D: "}"\n}\n', { A: { B: { C: 1, D: '}' } } }],
    ['brackets with braces in them', 'A:\n  B: [ # {\n  a,\n  {C: 1,\n D: 2}\n]\n', { A: { B: ['a', { C: 1, D: 2 }] } }],
    ['a word in braces', 'A:\n  B: {C: x\n  y}\n', { A: { B: { C: 'x y' } } }],
  ])('%s', (_, text, expected) => {
    expect(parsed(text)).toEqual(expected);
  });

  test('many of them', () => {
    const text = Array.from({ length: 100 }, (_, index) => `  A${index}:\n    B: 'x\n  y'\n`).join('');
    expect(Object.values((parsed(`A:\n${text}`) as { A: object }).A)).toEqual(Array(100).fill({ B: 'x y' }));
  });

  test('and the lines of resources stay', () => {
    expect(parseYaml("Metadata:\n  A:\n    B: 'x\n  y'\nResources:\n  Queue:\n    Type: AWS::SQS::Queue\n", 'a.yaml').linesOf('Queue')).toEqual({ first: 6, last: 7 });
  });

  test.each(["A:\n  B: 'x\n  y\n", 'A:\n  B: {\n  C: 1\n', 'A:\n  B: "x\n  y\n  C: 1\n'])('%j does not end, and is refused', (text) => {
    expect(() => parsed(text)).toThrow('not valid YAML');
  });
});

test('maps that are merged have what they are merged of, and their own before it', () => {
  expect(parsed('A: &a {B: 1, C: 1}\nD: &d {E: 1}\nF:\n  <<: [*a, *d]\n  C: 2\nG:\n  C: 3\n  <<: *a\n')).toEqual({
    A: { B: 1, C: 1 }, D: { E: 1 }, F: { B: 1, C: 2, E: 1 }, G: { C: 3, B: 1 },
  });
});

test('digits that are no number stay as they are written', () => {
  expect(parsed('[012345678901, 8.0, 10.10, 12345678901234567890, 12, 1.5, "07"]')).toEqual(['012345678901', '8.0', '10.10', '12345678901234567890', 12, 1.5, '07']);
});

test.each([
  ['a second document', 'A: 1\n---\nB: 1\n', /multiple documents/],
  ['a value that CloudFormation does not read', 'A: !!binary aGVsbG8=\n', /does not read a value with the tag .*binary/],
])('%s is refused', (_, text, message) => {
  expect(() => parsed(text)).toThrow(message);
});
