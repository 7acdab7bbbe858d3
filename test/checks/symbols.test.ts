import { link, Member } from '../../src/template/assembly';
import { same } from '../../src/template/read';
import { Template } from '../../src/template/template';
import type { Json } from '../../src/template/values';

/** Reads properties of one resource, each written as given. */
function read(properties: Json, json: Json = { Parameters: { Name: { Type: 'String' }, List: { Type: 'CommaDelimitedList' } } }) {
  const template = new Template({ ...json, Resources: { R: { Type: 'A::B::C', Properties: properties }, Key: { Type: 'AWS::KMS::Key' } } });
  return (name: string) => template.resource('R')!.get(name);
}

test('what is unknown keeps its name, however it is put together', () => {
  const at = read({
    Ref: { Ref: 'Name' },
    Sub: { 'Fn::Sub': 'arn:aws:s3:::${Name}' },
    Join: { 'Fn::Join': ['', ['arn:aws:s3:::', { Ref: 'Name' }]] },
    Stored: '{{resolve:ssm:/name}}',
  });
  expect(['Ref', 'Sub', 'Join', 'Stored'].map((name) => at(name).symbol))
    .toEqual(['${Name}', 'arn:aws:s3:::${Name}', 'arn:aws:s3:::${Name}', '{{resolve:ssm:/name}}']);
  expect(['Ref', 'Sub'].map((name) => at(name).shown)).toEqual(['${?}', 'arn:aws:s3:::${?}']);
});

test('two parts of one unknown list have two names, and two different imports too', () => {
  const at = read({
    First: { 'Fn::Select': [0, { Ref: 'List' }] },
    Second: { 'Fn::Select': [1, { Ref: 'List' }] },
    Again: { 'Fn::Select': [0, { Ref: 'List' }] },
    Joined: { 'Fn::Join': ['-', { Ref: 'List' }] },
    One: { 'Fn::ImportValue': 'one' },
    Two: { 'Fn::ImportValue': 'two' },
  });
  expect(at('First').symbol).toBe(at('Again').symbol);
  expect(new Set(['First', 'Second', 'One', 'Two', 'Joined'].map((name) => at(name).symbol)).size).toBe(5);
});

test('two that are unknown are never taken for equal', () => {
  const at = read({ A: { Ref: 'Name' }, B: { Ref: 'Name' } });
  expect(same(at('A'), at('B'))).toBeUndefined();
});

test('a text that is only one reference is that reference', () => {
  const at = read({ Sub: { 'Fn::Sub': '${Key.Arn}' }, Join: { 'Fn::Join': ['', ['', { 'Fn::GetAtt': ['Key', 'Arn'] }]] } });
  expect(['Sub', 'Join'].map((name) => { const value = at(name); return value.kind === 'value' && value.target?.logicalId; })).toEqual(['Key', 'Key']);
});

test('an import of what the other template does not know is unknown for the reason that it has there', () => {
  const members: Member[] = [
    { json: { Resources: { R: { Type: 'A::B::C', Properties: { Key: { 'Fn::ImportValue': 'key' } } } } } },
    { json: { Parameters: { KeyArn: { Type: 'String' } }, Outputs: { Key: { Value: { Ref: 'KeyArn' }, Export: { Name: 'key' } } } } },
  ];
  const key = link(members).get(members[0])!.resource('R')!.get('Key');
  expect(key).toMatchObject({ kind: 'unknown', source: 'parameter', reason: 'the parameter KeyArn has no default' });
  expect(key.symbol).not.toBe('${KeyArn}');
});

test('a nested stack has its own name for what its parent does not know', () => {
  const parent: Member = {
    json: {
      Parameters: { Name: { Type: 'String' } },
      Resources: { Nested: { Type: 'AWS::CloudFormation::Stack', Properties: { Parameters: { Bucket: { Ref: 'Name' } } } } },
    },
  };
  const nested: Member = {
    json: { Parameters: { Bucket: { Type: 'String' } }, Resources: { R: { Type: 'A::B::C', Properties: { Value: { Ref: 'Bucket' } } } } },
    parent: { member: parent, logicalId: 'Nested' },
  };
  expect(link([parent, nested]).get(nested)!.resource('R')!.get('Value').symbol).toBe('${Bucket}');
});
