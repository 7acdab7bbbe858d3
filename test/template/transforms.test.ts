import { parseYaml } from '../../src/cli/parse-yaml';
import { Template } from '../../src/template/template';
import type { Json } from '../../src/template/values';

const templateOf = (text: string) => new Template(parseYaml(text, 'a.yaml').json as Json);

test.each([
  ['a macro', 'Transform: Company\nResources: {A: {Type: T}}', 'Transform', 'Company may add and change resources'],
  ['an include on top', 'Transform: [{Name: AWS::Include, Parameters: {Location: s3://a/b}}]\nResources: {A: {Type: T}}', 'Transform', 'AWS::Include may add and change resources'],
  ['a macro in the long form', 'Fn::Transform: {Name: Company}\nResources: {A: {Type: T}}', 'Fn::Transform', 'it may add and change resources'],
  ['an include of resources', 'Resources: !Transform {Name: AWS::Include}', 'Resources.Fn::Transform', 'it adds resources that the template does not show'],
  ['an include of conditions', 'Conditions: !Transform {Name: AWS::Include}\nResources: {A: {Type: T}}', 'Conditions.Fn::Transform', 'it adds conditions that the template does not show'],
  ['a resource whose type is elsewhere', 'Resources: {A: {Fn::Transform: {Name: AWS::Include}}}', 'Resources.A', 'its type does not stand in the template'],
  ['a type that is put together', 'Resources: {A: {Type: !Sub "AWS::SQS::Queue"}}', 'Resources.A', 'its type does not stand in the template'],
  ['a resource that is none', 'Resources: {A: [1]}', 'Resources.A', 'it is not a resource'],
  ['a loop without a name', 'Resources: {"Fn::ForEach": [N, [a], {"Q${N}": {Type: T}}]}', 'Resources.Fn::ForEach', 'it is not a resource'],
  ['a choice between resources', 'Resources: {"Fn::If": [C, {A: {Type: T}}, {}]}', 'Resources.Fn::If', 'it is not a resource'],
])('%s is told', (_, text, where, reason) => {
  expect(templateOf(text).unread).toEqual([{ where, reason }]);
});

test.each(['AWS::LanguageExtensions', 'AWS::Serverless-2016-10-31', 'AWS::SecretsManager-2024-09-16', '[AWS::CodeDeployBlueGreen]'])('%s leaves nothing unread', (name) => {
  expect(templateOf(`Transform: ${name}\nResources: {A: {Type: T}}`).unread).toEqual([]);
});

/** What a value comes to: its text, or why it is unknown. */
function valueOf(value: string, before: string): string {
  const template = templateOf(`${before}\nResources: {A: {Type: T, Properties: {P: ${value}}}}`);
  return template.resource('A')!.get('P').match({ value: ({ text }) => text, absent: () => 'absent', unknown: ({ reason }) => `? ${reason}` });
}

describe('Fn::FindInMap', () => {
  const maps = 'Parameters: {P: {Type: String}}\nMappings: {M: {a: {x: 1, y: 1}, b: {x: 1, y: 2}}}';
  test.each([
    ['!FindInMap [M, !Ref P, x]', '1'],
    ['!FindInMap [M, !Ref P, y]', '? Fn::FindInMap depends on where the stack is deployed'],
    ['!FindInMap [M, !Ref P, x, {DefaultValue: 1}]', '1'],
    ['!FindInMap [M, !Ref P, x, {DefaultValue: 2}]', '? Fn::FindInMap depends on where the stack is deployed'],
    ['!FindInMap [M, a, !Ref P, {DefaultValue: 1}]', '? Fn::FindInMap depends on where the stack is deployed'],
    ['!FindInMap [!Ref P, a, x, {DefaultValue: 1}]', '? which mapping Fn::FindInMap reads is known only when the stack is deployed'],
    ['!FindInMap [M, a, z, {DefaultValue: 3}]', '3'],
    ['!FindInMap [M, a, z, {DefaultValue: !Ref AWS::NoValue}]', '? the mapping M does not have a/z'],
    ['!FindInMap [M, a, z, {DefaultValue: !Ref P}]', '? the parameter P has no default'],
  ])('%s is %s', (value, expected) => { expect(valueOf(value, maps)).toBe(expected); });

  test.each(['Mappings: !Transform {Name: AWS::Include}', 'Mappings: {M: !Transform {Name: AWS::Include}}', 'Mappings: {M: {a: !Transform {Name: AWS::Include}}}'])('%s may have what the default stands for', (before) => {
    expect(valueOf('!FindInMap [M, a, x, {DefaultValue: 1}]', before)).toBe('? Fn::Transform writes the mapping M');
  });
});

describe('what resources give that stands in no template is unknown', () => {
  const TYPES = {
    C: 'Custom::Key',
    CC: 'AWS::CloudFormation::CustomResource',
    Third: 'Company::Vault::Key',
    N: 'AWS::CloudFormation::Stack',
    App: 'AWS::Serverless::Application',
    Wait: 'AWS::CloudFormation::WaitCondition',
    Stored: 'AWS::SSM::Parameter',
    Product: 'AWS::ServiceCatalog::CloudFormationProvisionedProduct',
    Role: 'AWS::IAM::Role',
  };
  const read = (text: string, types: object = TYPES, more: Json = {}) => {
    const resources = Object.fromEntries(Object.entries(types).map(([name, Type]) => [name, { Type }]));
    return new Template({ ...more, Resources: { ...resources, A: { Type: 'T', Properties: { P: { 'Fn::Sub': text } } } } }).resource('A')!.get('P');
  };

  test.each(['C', 'C.Arn', 'CC', 'CC.a.b', 'Third', 'Third.Arn', 'N.Outputs.Key', 'App.Outputs.Key', 'Wait.Data', 'Stored.Value', 'Product.Outputs.Key'])('%s', (name) => {
    expect(read(`\${${name}}`)).toMatchObject({ kind: 'unknown', symbol: `\${${name}}`, shape: '${?}', reason: `\${${name}} is known only when the stack is deployed` });
    expect(read(`alias/\${${name}}`)).toMatchObject({ kind: 'unknown', symbol: `alias/\${${name}}`, shape: 'alias/${?}' });
  });

  test.each(['Role', 'Role.Arn', 'N', 'App', 'Wait', 'Stored', 'Stored.Type', 'Nowhere.Arn'])('and %s is a name like no other', (name) => {
    expect(read(`\${${name}}`)).toMatchObject({ kind: 'value', text: `\${${name}}` });
  });

  test.each<[string, object, Json]>([
    ['a macro', {}, { Transform: 'Company' }],
    ['an include of resources', {}, { 'Fn::Transform': { Name: 'AWS::Include' } }],
    ['a module', { M: 'A::B::C::MODULE' }, {}],
  ])('%s may make what is not there', (_, types, more) => {
    expect(read('${Made.Arn}', types, more).kind).toBe('unknown');
  });

  test('a loop that is not known may make what is not there', () => {
    const Resources = { 'Fn::ForEach::L': ['I', { Ref: 'P' }, { 'Q${I}': { Type: 'T' } }], 'A': { Type: 'T', Properties: { P: { 'Fn::GetAtt': ['QX', 'Arn'] } } } };
    expect(new Template({ Parameters: { P: { Type: 'CommaDelimitedList' } }, Resources }).resource('A')!.get('P').kind).toBe('unknown');
  });
});

test.each([
  ['!Select [2, [a, b]]', '? Fn::Select: the list does not have an item 2'],
  ['!Select [-1, [a, b]]', '? Fn::Select: the list does not have an item -1'],
  ['!Select ["1", [a, b]]', 'b'],
  ['!Select [!Ref P, [a, b]]', '? the parameter P has no default'],
  ['!Select [0, !GetAZs ""]', '? Fn::GetAZs is known only when the stack is deployed'],
  ['!Select [0, !Cidr [10.0.0.0/8, 1, 8]]', '? Fn::Cidr is known only when the stack is deployed'],
  ['!Select [1, !Split [",", "a,b"]]', 'b'],
  ['!Select [1, !Split [",", !Ref P]]', '? the parameter P has no default'],
  ['{"Fn::Length": [a, b]}', '2'],
  ['{"Fn::Length": !Ref P}', '? the parameter P has no default'],
  ['!Ref Stored', '? the parameter Stored is read from the parameter store'],
  ['!Select [1, !Ref List]', 'b'],
  ['!Select [1, {Ref: !Sub "Li${Empty}st"}]', 'b'],
  ['{Ref: !Ref P}', '? the parameter P has no default'],
  ['!Ref Nowhere', '? the template has neither a resource nor a parameter Nowhere'],
  ['!Sub "x-${Nowhere}"', '? the template has neither a resource nor a parameter Nowhere'],
  ['{"Fn::Future": 1}', '? Fn::Future is known only when the stack is deployed'],
])('%s is %s', (value, expected) => {
  expect(valueOf(value, 'Parameters: {P: {Type: String}, List: {Type: CommaDelimitedList, Default: "a, b"}, Empty: {Type: String, Default: ""}, Stored: {Type: "AWS::SSM::Parameter::Value<String>", Default: /a}}')).toBe(expected);
});
