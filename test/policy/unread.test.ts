import { everybody, saidOf } from './holes';

type More = Record<string, unknown>;
const PUBLIC = /NotForAnybody/;

test.each<[string, More]>([
  ['a principal that a nested stack gives', { Principal: { AWS: { 'Fn::GetAtt': ['Nested', 'Outputs.RoleArn'] } } }],
  ['a principal that a custom resource makes', { Principal: { AWS: [{ 'Fn::GetAtt': ['Custom', 'RoleArn'] }] } }],
  ['a principal that is the name of a resource', { Principal: { AWS: { Ref: 'Custom' } } }],
  ['a service that a custom resource names', { Principal: { Service: { 'Fn::GetAtt': ['Custom', 'Name'] } } }],
  ['an ARN that is not a principal', { Principal: { AWS: 'arn:aws:kms:eu-west-1:111122223333:key/x' } }],
  ['a principal that is an object', { Principal: { AWS: { AccountId: '111122223333' } } }],
  ['an effect that is left out', { Effect: undefined }],
  ['an action that is an object', { Action: { Name: 'kms:Decrypt' } }],
  ['a resource that is an object', { Resource: { Arn: '*' } }],
  ['a value of a condition that is an object', { Condition: { Bool: { 'aws:SecureTransport': { Value: 'true' } } } }],
])('%s may be anything: undetermined', (_, more) => {
  expect(saidOf('key', [everybody('key', more)], PUBLIC)).toEqual(['KmsKeyNotForAnybody?']);
});

test('a Deny of which nobody knows whom it denies does not deny plain HTTP to everybody', () => {
  const deny = { Effect: 'Deny', Principal: { Value: '*' }, Action: 's3:*', Resource: ['arn:aws:s3:::orders', 'arn:aws:s3:::orders/*'], Condition: { Bool: { 'aws:SecureTransport': false } } };
  expect([deny, { ...deny, Principal: '*' }].map((statement) => saidOf('bucket', [statement], /TlsOnly/))).toEqual([['S3BucketTlsOnly'], []]);
});

test('a role of the template, by its ARN, is nobody else', () => {
  expect(saidOf('key', [everybody('key', { Principal: { AWS: { 'Fn::GetAtt': ['Role', 'Arn'] } } })], /^KmsKey.*(Anybody|Account|Grants|Duties|Service)/)).toEqual([]);
});
