import { parseYaml } from '../../src/cli/parse-yaml';
import { Template } from '../../src/template/template';
import type { Json } from '../../src/template/values';

const templateOf = (text: string) => new Template(parseYaml(`Transform: AWS::LanguageExtensions\n${text}`, 'a.yaml').json as Json);

/** What a property of each resource comes to, by logical id. */
function made(text: string, property = 'A'): Record<string, string> {
  return Object.fromEntries(templateOf(text).all().map((resource) => [resource.logicalId, resource.get(property).match({
    value: (value) => value.text, absent: () => 'absent', unknown: ({ reason }) => reason,
  })]));
}

describe('Fn::ForEach makes', () => {
  test('a resource for each item of a list, a parameter or a mapping', () => {
    expect(made('Resources: {"Fn::ForEach::Loop": [N, [X, Y], {"Q${N}": {Type: T, Properties: {A: !Ref N}}}]}')).toEqual({ QX: 'X', QY: 'Y' });
    expect(made('Parameters: {L: {Type: CommaDelimitedList, Default: "X, Y"}}\nResources: {"Fn::ForEach::Loop": [N, !Ref L, {"Q${N}": {Type: T, Properties: {A: "is ${N}"}}}]}'))
      .toEqual({ QX: 'is X', QY: 'is Y' });
    expect(made('Mappings: {M: {a: {b: [X, Y]}}}\nResources: {"Fn::ForEach::Loop": [N, !FindInMap [M, a, b], {"Q${N}": {Type: T, Properties: {A: !Sub "${N}"}}}]}'))
      .toEqual({ QX: 'X', QY: 'Y' });
  });

  test('ids of letters and digits alone, where they are written with &', () => {
    expect(made('Resources: {"Fn::ForEach::Loop": [N, [10.0.0.1, 10.0.0.2], {"Q&{N}": {Type: T, Properties: {A: !Ref N}}}]}')).toEqual({ Q10001: '10.0.0.1', Q10002: '10.0.0.2' });
  });

  test('resources of loops in loops, the inner list by the outer item', () => {
    expect(made(`
Mappings: {M: {X: {L: [1, 2]}, Y: {L: [3]}}}
Resources:
  Fn::ForEach::Outer:
    - N
    - [X, Y]
    - Fn::ForEach::Inner: [K, !FindInMap [M, !Ref N, L], {'Q\${N}\${K}': {Type: T, Properties: {A: '\${N}-\${K}'}}}]`)).toEqual({ QX1: 'X-1', QX2: 'X-2', QY3: 'Y-3' });
  });

  test('properties', () => {
    expect(made('Resources: {Q: {Type: T, Properties: {"Fn::ForEach::Loop": [N, [A, B], {"${N}": !Ref N}]}}}')).toEqual({ Q: 'A' });
  });

  test('conditions, which resources ask about', () => {
    expect(made(`
Conditions: {"Fn::ForEach::Loop": [N, [X, Y], {"Is\${N}": !Equals [!Ref N, X]}]}
Resources: {Q: {Type: T, Properties: {A: !If [IsX, 1, 2], B: !If [IsY, 1, 2]}}}`)).toEqual({ Q: '1' });
  });

  test('outputs, which other resources refer to', () => {
    expect(templateOf('Resources: {Q: {Type: T}}\nOutputs: {"Fn::ForEach::Loop": [N, [X, Y], {"Out${N}": {Value: !Ref N}}]}').outputs().map(({ name }) => name)).toEqual(['OutX', 'OutY']);
  });

  test('references to what another loop makes', () => {
    const template = templateOf(`
Resources:
  Fn::ForEach::Keys: [N, [X], {'K\${N}': {Type: AWS::KMS::Key}}]
  Fn::ForEach::Queues: [N, [X], {'Q\${N}': {Type: T, Properties: {A: !GetAtt 'K\${N}.Arn', B: {'Fn::GetAtt': [!Sub 'K\${N}', Arn]}}}}]`);
    const [, queue] = template.all();
    for (const property of ['A', 'B']) { expect(queue.get(property)).toMatchObject({ kind: 'value', text: '${KX.Arn}' }); }
  });
});

test.each([
  ['a parameter without a default', 'Parameters: {L: {Type: CommaDelimitedList}}', '!Ref L', 'the parameter L has no default'],
  ['the parameter store', 'Parameters: {L: {Type: "AWS::SSM::Parameter::Value<List<String>>", Default: /l}}', '!Ref L', 'the parameter L is read from the parameter store'],
  ['a list with an item that is not known', 'Parameters: {P: {Type: String}}', '[X, !Ref P]', 'the parameter P has no default'],
  ['what is not a list', 'Parameters: {}', 'X', 'its collection is not a list'],
])('a loop over %s is told, and makes nothing', (_, before, collection, reason) => {
  const template = templateOf(`${before}\nResources: {"Fn::ForEach::Loop": [N, ${collection}, {"Q\${N}": {Type: T}}]}`);
  expect(template.unread).toEqual([{ where: 'Resources.Fn::ForEach::Loop', reason }]);
  expect(template.all()).toEqual([]);
});

test('what such a loop makes inside of a resource is unknown, and not left out', () => {
  expect(made('Parameters: {L: {Type: CommaDelimitedList}}\nResources: {Q: {Type: T, Properties: {"Fn::ForEach::Loop": [N, !Ref L, {"${N}": 1}]}}}'))
    .toEqual({ Q: 'it is made by a transform or a loop' });
});
