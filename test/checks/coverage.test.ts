import { partsOf, patternCovers, StandingOf } from '../../src/policy/coverage';

const BUCKET = 'arn:aws:s3:::${Bucket}';
const generated: StandingOf = (symbol) => (symbol === '${Bucket}' ? 'generated' : symbol === '${Other}' ? 'another' : 'unknown');

test.each([
  ['*', 'anything at all'],
  ['arn:aws:s3:::orders', 'arn:aws:s3:::orders'],
  ['arn:aws:s3:::ord?rs', 'arn:aws:s3:::orders'],
  ['arn:aws:s3:::orders*', 'arn:aws:s3:::orders/a/b'],
  ['arn:aws:s3:::${Name}', 'arn:aws:s3:::${Name}'],
  ['arn:aws:s3:::{{resolve:ssm:/name}}', 'arn:aws:s3:::{{resolve:ssm:/name}}'],
  ['arn:aws:s3:::${Name}/*', 'arn:aws:s3:::${Name}/a'],
])('%s covers %s', (pattern, text) => {
  expect(patternCovers(pattern, text)).toBe(true);
});

test.each([
  ['arn:aws:s3:::payments', 'arn:aws:s3:::orders'],
  ['arn:aws:s3:::orders/*', 'arn:aws:s3:::orders'],
  ['arn:aws:s3:::${Name}/*', 'arn:aws:s3:::${Name}'],
  ['arn:aws:s3:::${Name}', 'arn:aws:s3:::${Name}/a'],
  ['arn:aws:s3:::logs-${AWS::AccountId}', 'arn:aws:s3:::orders'],
  // A policy variable is another one in each request.
  ['arn:aws:s3:::orders/${aws:username}', 'arn:aws:s3:::orders/a'],
])('%s does not cover %s', (pattern, text) => {
  expect(patternCovers(pattern, text)).toBe(false);
});

test.each([
  ['arn:aws:s3:::${Name}', 'arn:aws:s3:::orders'],
  ['arn:aws:s3:::orders', 'arn:aws:s3:::${Name}'],
  ['arn:aws:s3:::orders', 'arn:aws:s3:::orders${Suffix}'],
  ['arn:aws:s3:::logs-${AWS::AccountId}', 'arn:aws:s3:::logs-111122223333'],
  ['${?}', '${?}'],
  ['${A}', '${B}'],
])('only the deployment knows whether %s covers %s', (pattern, text) => {
  expect(patternCovers(pattern, text)).toBeUndefined();
});

test('a name that CloudFormation makes up is no text of a template, but a pattern or a parameter may be it', () => {
  expect(patternCovers('arn:aws:s3:::orders', BUCKET, generated)).toBe(false);
  expect(patternCovers('arn:aws:s3:::logs-${AWS::AccountId}', BUCKET, generated)).toBe(false);
  expect(patternCovers('arn:aws:s3:::${Other}', BUCKET, generated)).toBe(false);
  expect(patternCovers('arn:aws:s3:::${Bucket}/*', BUCKET, generated)).toBe(false);
  expect(patternCovers('arn:aws:s3:::stack-*', BUCKET, generated)).toBeUndefined();
  expect(patternCovers('arn:aws:s3:::${Name}', BUCKET, generated)).toBeUndefined();
});

test('symbols are not divided', () => {
  expect(partsOf('arn:${AWS::Partition}:sqs:${AWS::Region}:1:${Queue.QueueName}', ':'))
    .toEqual(['arn', '${AWS::Partition}', 'sqs', '${AWS::Region}', '1', '${Queue.QueueName}']);
});

test('many stars are gone through once', () => {
  expect(patternCovers(`${'*a'.repeat(100)}b`, 'a'.repeat(2000))).toBe(false);
});
