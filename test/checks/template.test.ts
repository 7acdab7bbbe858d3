import { Reference, Template, Unknown } from '../../src/checks/model/template';

const template = new Template({
  Parameters: { Algorithm: { Type: 'String', Default: 'aws:kms' }, Name: { Type: 'String' } },
  Conditions: { Big: { 'Fn::Equals': ['a', 'b'] } },
  Resources: { Bucket: { Type: 'AWS::S3::Bucket', Properties: { A: { B: { Ref: 'Algorithm' } } } } },
});

test.each<[string, unknown, unknown]>([
  ['a parameter with a default', { Ref: 'Algorithm' }, 'aws:kms'],
  ['a resource', { Ref: 'Bucket' }, new Reference('Bucket')],
  ['an attribute', { 'Fn::GetAtt': ['Bucket', 'Arn'] }, new Reference('Bucket', 'Arn')],
  ['an attribute in short form', { 'Fn::GetAtt': 'Bucket.Arn' }, new Reference('Bucket', 'Arn')],
  ['nothing', { Ref: 'AWS::NoValue' }, undefined],
  ['a join', { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Bucket', 'Arn'] }, '/*']] }, '${Bucket.Arn}/*'],
  ['a substitution', { 'Fn::Sub': 'arn:${AWS::Partition}:s3:::${Bucket}/${Algorithm}' }, 'arn:${AWS::Partition}:s3:::${Bucket}/aws:kms'],
  ['a condition with equal arms', { 'Fn::If': ['Big', true, true] }, true],
])('resolves %s', (_, value, expected) => {
  expect(template.value(value)).toEqual(expected);
});

test.each<[string, unknown, RegExp]>([
  ['a parameter without a default', { Ref: 'Name' }, /parameter Name has no default/],
  ['a condition with two outcomes', { 'Fn::If': ['Big', true, false] }, /depends on the condition Big/],
  ['an import', { 'Fn::ImportValue': 'x' }, /Fn::ImportValue is known only when the stack is deployed/],
])('does not pretend to know %s', (_, value, reason) => {
  expect(template.value(value)).toBeInstanceOf(Unknown);
  expect((template.value(value) as Unknown).reason).toMatch(reason);
});

test('follows a path as far as it is known', () => {
  expect(template.property(template.resource('Bucket')!, 'A', 'B')).toBe('aws:kms');
  expect(template.property(template.resource('Bucket')!, 'X', 'Y')).toBeUndefined();
});

test.each<[string, Record<string, unknown>]>([
  ['no resources', {}],
  ['a resource that is text', { Resources: { A: 'x' } }],
  ['resources that are a list', { Resources: [] }],
])('a template with %s has none, and does not throw', (_, json) => {
  expect(new Template(json).all()).toEqual([]);
});
