import { App, Mixins, Stack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { BucketEncryptionAtRest, EncryptedBucket, EncryptionDefaults, EncryptionKey } from '../../src';
import { decide, deployed } from '../support/simulator';
import { ENV, propertiesOf, stack } from '../support/stack';

const OF_KEY = { 'Fn::GetAtt': [expect.stringMatching(/^Key/), 'Arn'] };

function deniedKey(scope: Stack): unknown {
  const { Statement } = propertiesOf(scope, 'AWS::S3::BucketPolicy').PolicyDocument;
  return Statement.find(({ Sid }: { Sid: string }) => Sid === 'DenyOtherKey').Condition.ArnNotEquals['s3:x-amz-server-side-encryption-aws-kms-key-id'];
}

function defaultKey(scope: Stack): unknown {
  const buckets = Object.values((App.of(scope) as App).synth().getStackByName(scope.stackName).template.Resources as Record<string, any>)
    .filter(({ Type, Properties }) => Type === 'AWS::S3::Bucket' && JSON.stringify(Properties.BucketEncryption).includes('aws:kms'));
  return buckets[0].Properties.BucketEncryption.ServerSideEncryptionConfiguration[0].ServerSideEncryptionByDefault.KMSMasterKeyID;
}

describe('an upload may name the key of a bucket by its ARN, although the bucket was given an alias that this app makes', () => {
  const cases: Record<string, (scope: Stack, key: EncryptionKey) => unknown> = {
    'the mixin is given the alias': (scope, key) => new s3.CfnBucket(scope, 'Bucket').with(new BucketEncryptionAtRest(key.addAlias('alias/uploads'))),
    'a plain bucket has the alias before the mixin comes': (scope, key) => Mixins.of(new s3.Bucket(scope, 'Bucket', { encryptionKey: key.addAlias('alias/uploads') }))
      .apply(new BucketEncryptionAtRest(new kms.Key(scope, 'Other'))),
    'an L1 has the alias by name': (scope, key) => {
      key.addAlias('alias/uploads');
      new s3.CfnBucket(scope, 'Bucket', {
        bucketEncryption: { serverSideEncryptionConfiguration: [{ serverSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: 'alias/uploads' } }] },
      }).with(new BucketEncryptionAtRest(new kms.Key(scope, 'Other')));
    },
    'an L1 has an L1 alias, of a key by its id': (scope, key) => {
      const alias = new kms.CfnAlias(scope, 'Alias', { aliasName: 'alias/uploads', targetKeyId: (key.node.defaultChild as kms.CfnKey).ref });
      new s3.CfnBucket(scope, 'Bucket', {
        bucketEncryption: { serverSideEncryptionConfiguration: [{ serverSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: alias.ref } }] },
      }).with(new BucketEncryptionAtRest(new kms.Key(scope, 'Other')));
    },
    'EncryptionDefaults sees the alias': (scope, key) => {
      EncryptionDefaults.of(scope).apply();
      new s3.Bucket(scope, 'Bucket', { encryptionKey: key.addAlias('alias/uploads') });
    },
  };
  test.each(Object.entries(cases))('%s', (_, make) => {
    const scope = stack(ENV);
    make(scope, new EncryptionKey(scope, 'Key'));
    expect(defaultKey(scope)).toEqual(OF_KEY);
    expect(deniedKey(scope)).toEqual(OF_KEY);
  });

  test('an EncryptedBucket', () => {
    const scope = stack(ENV);
    new EncryptedBucket(scope, 'Bucket', { encryptionKey: new EncryptionKey(scope, 'Key').addAlias('alias/uploads'), serverAccessLogsBucket: s3.Bucket.fromBucketName(scope, 'Logs', 'logs') });
    expect(deniedKey(scope)).toEqual(OF_KEY);
  });
});

describe('an alias of another app', () => {
  const imported = (scope: Stack) => kms.Alias.fromAliasName(scope, 'Alias', 'alias/theirs');
  const refused = /^Stack\/Bucket: 'encryptionKey' cannot be alias\/theirs, an alias that another app makes.*kms\.Key\.fromLookup\(this, 'Key', \{ aliasName: 'alias\/theirs' \}\).*\[BucketKeyIsAlias\]$/;

  test('is an error for an EncryptedBucket, for the mixin, and under EncryptionDefaults, which says how to find the key', () => {
    expect(() => new EncryptedBucket(stack(ENV), 'Bucket', { encryptionKey: imported(stack(ENV)) })).toThrow(refused);
    expect(() => new s3.CfnBucket(stack(ENV), 'Bucket').with(new BucketEncryptionAtRest(imported(stack(ENV))))).toThrow(refused);
    const scope = stack(ENV);
    EncryptionDefaults.of(scope).apply();
    new s3.Bucket(scope, 'Bucket', { encryptionKey: imported(scope) });
    expect(() => (scope.node.root as App).synth()).toThrow(refused);
  });

  test('that a bucket has already is kept with a warning: the key may be named by its ARN, and no key of another account or Region', () => {
    const scope = stack(ENV);
    Mixins.of(new s3.Bucket(scope, 'Bucket', { encryptionKey: imported(scope) })).apply(new BucketEncryptionAtRest(new kms.Key(scope, 'Other')));
    expect(deniedKey(scope)).toEqual(['arn:aws:kms:us-east-1:111122223333:alias/theirs', 'arn:aws:kms:us-east-1:111122223333:key/*']
      .map((arn) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, arn.replace('arn:aws', '')]] })));
    const { messages } = (App.of(scope) as App).synth().getStackByName('Stack');
    expect(messages.map(({ entry }) => entry.data)).toContainEqual(expect.stringMatching(/^Stack\/Bucket: its key is named by an alias \(alias\/theirs\)/));
  });
});

describe('who may name which key, once deployed', () => {
  const HEADER = 's3:x-amz-server-side-encryption-aws-kms-key-id';
  const own = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
  const foreign = 'arn:aws:kms:us-east-1:999999999999:key/1234abcd-12ab-34cd-56ef-1234567890ab';
  const ask = (action: string, keyId?: string) => {
    const scope = stack(ENV);
    new s3.CfnBucket(scope, 'Bucket', { bucketName: 'uploads' }).with(new BucketEncryptionAtRest(kms.Key.fromKeyArn(scope, 'Key', own)));
    const { PolicyDocument } = propertiesOf(scope, 'AWS::S3::BucketPolicy');
    const text = JSON.stringify(PolicyDocument).replace(/\{"Fn::GetAtt":\["Bucket","Arn"\]\}/g, '"arn:aws:s3:::uploads"');
    return decide({
      principal: 'arn:aws:iam::111122223333:role/Writer',
      action,
      resource: 'arn:aws:s3:::uploads/object',
      resourcePolicy: deployed(JSON.parse(text)),
      identityPolicies: [{ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] }],
      context: keyId ? { [HEADER]: keyId, 's3:x-amz-server-side-encryption': 'aws:kms' } : {},
    });
  };

  test.each(['s3:PutObject', 's3:UpdateObjectEncryption'])('%s: the bucket\'s key by its ARN, and no other', async (action) => {
    expect(await ask(action, own)).toBe('allowed');
    expect(await ask(action, foreign)).toBe('denied');
    expect(await ask(action, own.replace('1234abcd', 'ffffffff'))).toBe('denied');
    expect(await ask(action)).toBe('allowed');
  });
});

test('the key that AWS manages is an error, by whatever name', () => {
  const scope = stack(ENV);
  expect(() => new EncryptedBucket(scope, 'Bucket', { encryptionKey: kms.Alias.fromAliasName(scope, 'Alias', 'alias/aws/s3') })).toThrow('[BucketNeedsCustomerKey]');
});
