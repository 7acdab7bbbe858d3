import type { ResourceChange } from '../../src/diff/document';
import { ARN, changed, diffed, diffedStacks, KEY } from '../support/diffed';

const KEY_TYPE = 'AWS::KMS::Key';
const outcome = (change: ResourceChange | undefined) => change && [change.effect, change.concern ?? 'none'];
const UNDER = { Type: 'AWS::SNS::Topic', Properties: { KmsMasterKeyId: ARN('Key') } };

describe('a property of a key', () => {
  test.each([
    ['KeySpec', 'RSA_2048'], ['KeyUsage', 'SIGN_VERIFY'], ['Origin', 'EXTERNAL'], ['MultiRegion', true],
  ])('%s cannot change', (property, value) => {
    expect(outcome(changed(KEY_TYPE, {}, { [property]: value }))).toEqual(['refused', 'refused']);
  });

  test('that is written out as it was by default does not change', () => {
    expect(changed(KEY_TYPE, {}, { KeySpec: 'SYMMETRIC_DEFAULT', KeyUsage: 'ENCRYPT_DECRYPT', Origin: 'AWS_KMS', MultiRegion: false, Enabled: true, PendingWindowInDays: 30 })).toBeUndefined();
  });

  test('disables it: nobody can read what is under it', () => {
    expect(outcome(changed(KEY_TYPE, {}, { Enabled: false }))).toEqual(['in place', 'lost']);
    expect(outcome(changed(KEY_TYPE, { Enabled: false }, {}))).toEqual(['in place', 'none']);
    expect(outcome(changed(KEY_TYPE, {}, { Enabled: { Ref: 'P' } }))).toEqual(['in place', 'undetermined']);
  });

  test('turns rotation off, or shortens the wait before deletion: it is protected less', () => {
    expect(outcome(changed(KEY_TYPE, { EnableKeyRotation: true }, {}))).toEqual(['in place', 'weakened']);
    expect(outcome(changed(KEY_TYPE, { PendingWindowInDays: 30 }, { PendingWindowInDays: 7 }))).toEqual(['in place', 'weakened']);
  });

  test('makes a replica one of another primary: refused', () => {
    expect(outcome(changed('AWS::KMS::ReplicaKey', { PrimaryKeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/mrk-1' }, { PrimaryKeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/mrk-2' }))).toEqual(['refused', 'refused']);
  });
});

describe('an alias', () => {
  const others = { Key: KEY, Other: KEY };
  test('that points to another key changes what those use who name it', () => {
    const change = changed('AWS::KMS::Alias', { AliasName: 'alias/a', TargetKeyId: { Ref: 'Key' } }, { AliasName: 'alias/a', TargetKeyId: { Ref: 'Other' } }, { others });
    expect(outcome(change)).toEqual(['in place', 'none']);
    expect(change!.data).toContain('uses the other key from then on');
  });

  test('with another name is no longer found by the old one', () => {
    expect(outcome(changed('AWS::KMS::Alias', { AliasName: 'alias/a' }, { AliasName: 'alias/b' }, { others }))).toEqual(['replaced', 'undetermined']);
  });
});

describe('what is removed', () => {
  const removed = (resource: object, more: object = {}) => diffed({ It: resource, ...more }, more).resources.find(({ effect }) => effect === 'removed');

  test.each<[string, object, string[]]>([
    ['a bucket', { Type: 'AWS::S3::Bucket' }, ['removed', 'lost']],
    ['a bucket that is kept', { Type: 'AWS::S3::Bucket', DeletionPolicy: 'Retain' }, ['removed', 'none']],
    ['a queue', { Type: 'AWS::SQS::Queue' }, ['removed', 'lost']],
    ['a keyspace with all of its tables', { Type: 'AWS::Cassandra::Keyspace' }, ['removed', 'lost']],
    ['a cluster with what Kubernetes knows', { Type: 'AWS::EKS::Cluster' }, ['removed', 'lost']],
    ['a database, of which CloudFormation takes a snapshot', { Type: 'AWS::RDS::DBInstance' }, ['removed', 'left-behind']],
    ['a database, by its policy', { Type: 'AWS::RDS::DBInstance', DeletionPolicy: 'Delete' }, ['removed', 'lost']],
    ['a policy that nobody knows', { Type: 'AWS::SQS::Queue', DeletionPolicy: { Ref: 'AWS::StackName' } }, ['removed', 'undetermined']],
    ['a key', KEY, ['removed', 'lost']],
    ['a key that is kept', { ...KEY, DeletionPolicy: 'RetainExceptOnCreate' }, ['removed', 'none']],
  ])('%s', (_, resource, expected) => {
    expect(outcome(removed(resource))).toEqual(expected);
  });

  test.each<[string, object]>([
    ['a function', { Type: 'AWS::Lambda::Function', Properties: { KmsKeyArn: 'x' } }],
    ['an instance of a cluster', { Type: 'AWS::RDS::DBInstance', DeletionPolicy: 'Delete', Properties: { DBClusterIdentifier: 'c' } }],
    ['a type that keeps nothing', { Type: 'AWS::EC2::Subnet' }],
  ])('%s has no data to lose', (_, resource) => {
    expect(removed(resource)).toBeUndefined();
  });

  test('a key takes what is under it along, by name', () => {
    const [change] = diffed({ Key: { ...KEY, Properties: { PendingWindowInDays: 7 } }, Topic: UNDER }, { Topic: { Type: 'AWS::SNS::Topic', Properties: { KmsMasterKeyId: 'alias/aws/sns' } } }).resources;
    expect(change.data).toContain('deletes it after 7 days: what is under it (Topic) can never be read again');
  });

  test('with its nested stack is deleted, unless that is kept', () => {
    const stacks = (attributes: object) => ({
      S: { json: { Resources: { Nested: { Type: 'AWS::CloudFormation::Stack', ...attributes } } } },
      N: { json: { Resources: { It: { Type: 'AWS::SQS::Queue' } } }, in: ['S', 'Nested'] as const },
    });
    const after = { S: { json: { Resources: {} } } };
    expect(outcome(diffedStacks(stacks({}), after).resources[0])).toEqual(['removed', 'lost']);
    expect(outcome(diffedStacks(stacks({ DeletionPolicy: 'Retain' }), after).resources[0])).toEqual(['removed', 'none']);
  });

  test('with its whole stack goes when somebody deletes the stack', () => {
    const [change] = diffedStacks({ S: { json: { Resources: { It: { Type: 'AWS::SQS::Queue' } } } } }, {}).resources;
    expect(change).toMatchObject({ effect: 'removed', concern: 'lost', data: expect.stringMatching(/^Its stack is not in the new templates/) });
  });

  test('because its condition does not hold any more is removed', () => {
    const json = (environment: string) => ({
      Parameters: { E: { Type: 'String', Default: environment } },
      Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'E' }, 'prod'] } },
      Resources: { It: { Type: 'AWS::SQS::Queue', Condition: 'IsProd' } },
    });
    expect(outcome(diffedStacks({ S: { json: json('prod') } }, { S: { json: json('test') } }).resources[0])).toEqual(['removed', 'lost']);
  });
});
