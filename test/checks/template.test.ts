import { judge } from '../../src/checks/judge';
import { Check, passIf, Rule } from '../../src/rules/rule';
import type { Read } from '../../src/template/read';
import { Template } from '../../src/template/template';

const template = new Template({
  Parameters: { Algorithm: { Type: 'String', Default: 'aws:kms' }, Name: { Type: 'String' }, Zones: { Type: 'CommaDelimitedList', Default: 'a, b' } },
  Conditions: {
    Big: { 'Fn::Equals': ['a', 'b'] },
    Small: { 'Fn::Not': [{ Condition: 'Big' }] },
    InEurope: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] },
    Self: { Condition: 'Self' },
  },
  Mappings: { Sizes: { small: { days: 7 } }, Regions: { 'us-east-1': { encrypted: true }, 'eu-west-1': { encrypted: true } } },
  Resources: { Bucket: { Type: 'AWS::S3::Bucket', Properties: { A: { B: { Ref: 'Algorithm' } } } } },
});

test.each<[string, unknown, unknown]>([
  ['a parameter with a default', { Ref: 'Algorithm' }, 'aws:kms'],
  ['nothing', { Ref: 'AWS::NoValue' }, undefined],
  ['a join', { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Bucket', 'Arn'] }, '/*']] }, '${Bucket.Arn}/*'],
  ['a substitution', { 'Fn::Sub': 'arn:${AWS::Partition}:s3:::${Bucket}/${Algorithm}' }, 'arn:${AWS::Partition}:s3:::${Bucket}/aws:kms'],
  ['a condition with equal arms', { 'Fn::If': ['Big', true, true] }, true],
  ['a condition that defaults decide', { 'Fn::If': ['Big', 'yes', 'no'] }, 'no'],
  ['a negation of it', { 'Fn::If': ['Small', 'yes', 'no'] }, 'yes'],
  ['a mapping', { 'Fn::FindInMap': ['Sizes', 'small', 'days'] }, 7],
  ['a mapping by Region, where all Regions agree', { 'Fn::FindInMap': ['Regions', { Ref: 'AWS::Region' }, 'encrypted'] }, true],
  ['a selection', { 'Fn::Select': [1, ['a', 'b']] }, 'b'],
  ['a split', { 'Fn::Select': ['1', { 'Fn::Split': ['/', 'a/b'] }] }, 'b'],
  ['a list parameter', { Ref: 'Zones' }, ['a', 'b']],
])('resolves %s', (_, value, expected) => {
  expect(plain(template.read(value))).toEqual(expected);
});

/** What a read comes to, for a comparison. */
function plain(read: Read): unknown {
  return read.match({ value: (value) => value.toJSON(), absent: () => undefined, unknown: ({ reason }) => ({ reason }) });
}

test.each<[string, unknown, RegExp]>([
  ['a parameter without a default', { Ref: 'Name' }, /parameter Name has no default/],
  ['a condition with two outcomes', { 'Fn::If': ['InEurope', true, false] }, /depends on the condition InEurope/],
  ['a condition that is its own', { 'Fn::If': ['Self', true, false] }, /depends on the condition Self/],
  ['a mapping whose key is not known', { 'Fn::FindInMap': ['Sizes', { Ref: 'Name' }, 'weeks'] }, /depends on where the stack is deployed/],
  ['an import', { 'Fn::ImportValue': 'x' }, /Fn::ImportValue is known only when the stack is deployed/],
])('does not pretend to know %s', (_, value, reason) => {
  expect(plain(template.read(value))).toEqual({ reason: expect.stringMatching(reason) });
});

test.each([[{ Ref: 'Bucket' }, undefined], [{ 'Fn::GetAtt': ['Bucket', 'Arn'] }, 'Arn'], [{ 'Fn::GetAtt': 'Bucket.Arn' }, 'Arn']])('%j is a reference', (value, attribute) => {
  const read = template.read(value);
  expect(read.kind === 'value' && read.reference).toMatchObject({ logicalId: 'Bucket', attribute });
  expect(read.kind === 'value' && read.target!.logicalId).toBe('Bucket');
});

describe('a rule is judged in every world that conditions allow', () => {
  const rule = (check: Check): Rule => ({ check } as Rule);
  const isTrue = (read: Read) => read.kind === 'value' && read.isTrue;
  const encrypted = rule((resource) => passIf(isTrue(resource.get('Encrypted')), 'not encrypted'));
  const model = (properties: Record<string, unknown>, more: Record<string, unknown> = {}) => new Template({
    Conditions: { InEurope: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] }, Prod: { 'Fn::Equals': [{ Ref: 'AWS::AccountId' }, '1'] } },
    Resources: { It: { Type: 'T', Properties: properties, ...more } },
  });
  const both = { 'Fn::If': ['InEurope', true, false] };

  test.each<[string, Template, string]>([
    ['good in both', model({ Encrypted: { 'Fn::If': ['InEurope', true, true] } }), 'pass'],
    ['bad in both', model({ Encrypted: { 'Fn::If': ['InEurope', false, 'x'] } }), 'fail'],
    ['good in one', model({ Encrypted: both }), 'undetermined'],
    ['made in the good one only', model({ Encrypted: both }, { Condition: 'InEurope' }), 'pass'],
    ['nested', model({ Encrypted: { 'Fn::If': ['Prod', both, true] } }), 'undetermined'],
  ])('%s', (_, it, kind) => {
    expect(judge(encrypted, it.resource('It')!).kind).toBe(kind);
  });

  test('and says in which', () => {
    expect(judge(encrypted, model({ Encrypted: both }).resource('It')!)).toEqual({ kind: 'undetermined', reason: 'where not InEurope: not encrypted' });
  });

  test('but not in more than anybody could read', () => {
    const names = Array.from({ length: 10 }, (_, n) => `C${n}`);
    const many = new Template({ Resources: { It: { Type: 'T', Properties: Object.fromEntries(names.map((name) => [name, { 'Fn::If': [name, true, false] }])) } } });
    const all = rule((resource) => passIf(names.map((name) => isTrue(resource.get(name))).every(Boolean), 'no'));
    expect(judge(all, many.resource('It')!)).toEqual({ kind: 'undetermined', reason: 'it depends on too many conditions' });
  });
});

test('follows a path as far as it is known', () => {
  expect(plain(template.resource('Bucket')!.get('A', 'B'))).toBe('aws:kms');
  expect(template.resource('Bucket')!.get('X', 'Y').kind).toBe('absent');
});

test.each<[string, Record<string, unknown>]>([
  ['no resources', {}],
  ['a resource that is text', { Resources: { A: 'x' } }],
  ['resources that are a list', { Resources: [] }],
])('a template with %s has none, and does not throw', (_, json) => {
  expect(new Template(json).all()).toEqual([]);
});

describe('a resource of SAM has what Globals say of its kind', () => {
  const sam = new Template({
    Transform: 'AWS::Serverless-2016-10-31',
    Globals: { Function: { KmsKeyArn: 'global', Layers: ['a'], Environment: { Variables: { A: 'global', B: 'global' } } } },
    Resources: {
      Own: { Type: 'AWS::Serverless::Function', Properties: { KmsKeyArn: 'own', Layers: ['b'], Environment: { Variables: { A: 'own' } } } },
      Bare: { Type: 'AWS::Serverless::Function' },
      Chosen: { Type: 'AWS::Serverless::Function', Properties: { Environment: { 'Fn::If': ['Unknown', {}, {}] } } },
      Table: { Type: 'AWS::Serverless::SimpleTable' },
      Plain: { Type: 'AWS::Lambda::Function' },
    },
  });
  const read = (id: string, ...path: string[]) => {
    const found = sam.resource(id)!.get(...path);
    return found.kind === 'value' ? found.isList ? found.items().map((item) => item.kind === 'value' && item.text) : found.text : found.kind;
  };

  test.each<[string, string, string[], unknown]>([
    ['its own value before', 'Own', ['KmsKeyArn'], 'own'], ['the value of all', 'Bare', ['KmsKeyArn'], 'global'], ['lists one after the other', 'Own', ['Layers'], ['a', 'b']],
    ['maps together', 'Own', ['Environment', 'Variables', 'A'], 'own'], ['what its map does not have', 'Own', ['Environment', 'Variables', 'B'], 'global'],
    ['nothing of another kind', 'Table', ['KmsKeyArn'], 'absent'], ['nothing where SAM does not make it', 'Plain', ['KmsKeyArn'], 'absent'],
  ])('%s', (_, id, path, value) => { expect(read(id, ...path)).toEqual(value); });

  test('an intrinsic of its own is not mixed with it', () => { expect(read('Chosen', 'Environment')).not.toBe('global'); });
});
