import { RULES } from '../../src/checks/rule-table';
import { FLOW_RULES } from '../../src/diff/broken-flows';
import type { DiffDocument, KeyChange } from '../../src/diff/document';
import { concernsOf } from '../../src/diff/document';
import { ACCOUNT, allow, ARN, DELEGATES, diffed, diffedStacks, KEY, keyWith } from '../support/diffed';

const roleWith = (...statements: object[]) => ({
  Type: 'AWS::IAM::Role',
  Properties: { AssumeRolePolicyDocument: {}, Policies: statements.length > 0 ? [{ PolicyName: 'p', PolicyDocument: { Statement: statements } }] : undefined },
});
const own = (action: string | string[], resource: unknown, condition?: object) => ({ Effect: 'Allow', Action: action, Resource: resource, ...(condition && { Condition: condition }) });
const DECRYPTS = roleWith(own('kms:Decrypt', ARN('Key')));

const of = ({ keys }: DiffDocument, name: string): KeyChange | undefined => keys.find(({ of: key }) => key === name);
const said = (change: KeyChange | undefined) => change && {
  gains: change.gains.map(({ who, can }) => `${who}: ${can}`),
  loses: change.loses.map(({ who, can, concern }) => `${who}: ${can} (${concern ?? 'no matter'})`),
  ...(change.changes.length > 0 ? { keeps: change.changes.map(({ who, can, concern }) => `${who}: ${can} (${concern ?? 'no matter'})`) } : {}),
};

describe('a role', () => {
  test('whose policy no longer names the key loses it', () => {
    const document = diffed({ Key: KEY, Reader: DECRYPTS }, { Key: KEY, Reader: roleWith() });
    expect(said(of(document, 'Key'))).toEqual({ gains: [], loses: ['Reader: decrypt (lost)'] });
    expect(of(document, 'Key')!.loses[0]).toMatchObject({ kind: 'role', certainty: 'yes', by: 'Reader: statement 1, and key policy: statement Account' });
    expect(concernsOf(document)).toEqual(['lost']);
  });

  test('whose policy names the key gains it, and nothing is lost', () => {
    const document = diffed({ Key: KEY, Reader: roleWith() }, { Key: KEY, Reader: DECRYPTS });
    expect(said(of(document, 'Key'))).toEqual({ gains: ['Reader: decrypt'], loses: [] });
    expect(concernsOf(document)).toEqual([]);
  });

  test('that is removed itself misses nothing', () => {
    const document = diffed({ Key: KEY, Reader: DECRYPTS }, { Key: KEY });
    expect(said(of(document, 'Key'))).toEqual({ gains: [], loses: ['Reader: decrypt (no matter)'] });
  });

  test('that a Deny of the key is for from now on loses it', () => {
    const denies = { ...allow({ AWS: ARN('Reader') }, 'kms:Decrypt'), Effect: 'Deny' };
    expect(said(of(diffed({ Key: KEY, Reader: DECRYPTS }, { Key: keyWith(DELEGATES, denies), Reader: DECRYPTS }), 'Key'))!.loses).toEqual(['Reader: decrypt (lost)']);
  });

  test('that comes through S3 only keeps it in part; what it loses nobody knows', () => {
    const viaS3 = { StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } };
    const document = diffed({ Key: KEY, Reader: DECRYPTS }, { Key: KEY, Reader: roleWith(own('kms:Decrypt', ARN('Key'), viaS3)) });
    expect(said(of(document, 'Key'))).toEqual({ gains: [], loses: [], keeps: ['Reader: decrypt (undetermined)'] });
    expect(of(document, 'Key')!.changes[0]).toMatchObject({ before: 'yes', through: 's3.us-east-1.amazonaws.com' });
    const back = diffed({ Key: KEY, Reader: roleWith(own('kms:Decrypt', ARN('Key'), viaS3)) }, { Key: KEY, Reader: DECRYPTS });
    expect(said(of(back, 'Key'))!.keeps).toEqual(['Reader: decrypt (no matter)']);
  });
});

describe('others', () => {
  test('of another account that gain a key are marked, and are no loss', () => {
    const document = diffed({ Key: KEY }, { Key: keyWith(DELEGATES, allow({ AWS: 'arn:aws:iam::999999999999:root' }, 'kms:Decrypt')) });
    expect(of(document, 'Key')!.gains).toEqual([expect.objectContaining({ who: '999999999999', kind: 'account', can: 'decrypt', outside: true })]);
    expect(concernsOf(document)).toEqual([]);
  });

  test('anybody is marked', () => {
    const [gain] = of(diffed({ Key: KEY }, { Key: keyWith(DELEGATES, allow('*', 'kms:Decrypt')) }), 'Key')!.gains.filter(({ kind }) => kind === 'anybody');
    expect(gain).toMatchObject({ who: 'anybody', outside: true });
  });

  test('a service that the key no longer names loses it', () => {
    const document = diffed({ Key: keyWith(DELEGATES, allow({ Service: 'sns.amazonaws.com' }, ['kms:Decrypt'])) }, { Key: KEY });
    expect(said(of(document, 'Key'))!.loses).toEqual(['sns.amazonaws.com: decrypt (lost)']);
  });

  test('the account loses a key that no longer leaves it to the account', () => {
    const { loses } = said(of(diffed({ Key: KEY }, { Key: keyWith(allow({ AWS: `arn:aws:iam::${ACCOUNT}:role/admin` }, 'kms:*')) }), 'Key'))!;
    expect(loses).toContain(`${ACCOUNT}: decrypt (lost)`);
  });
});

describe('a key', () => {
  test('that is new shows who can use it', () => {
    expect(of(diffed({ Reader: roleWith() }, { Key: KEY, Reader: DECRYPTS }), 'Key')).toMatchObject({ is: 'added', loses: [] });
  });

  test('of which nothing changes is not spoken of', () => {
    expect(diffed({ Key: KEY, Reader: DECRYPTS }, { Key: KEY, Reader: DECRYPTS }).keys).toEqual([]);
  });

  test('without a policy has that of KMS, as one that says the same', () => {
    expect(diffed({ Key: { Type: 'AWS::KMS::Key' } }, { Key: KEY }).keys.flatMap(({ gains, loses }) => [...gains, ...loses])).toEqual([]);
  });

  test('of another stack of the same name of the key is another one', () => {
    const stack = { json: { Resources: { Key: KEY } } };
    const document = diffedStacks({ A: stack, B: stack }, { A: stack, B: { json: { Resources: { Key: keyWith(DELEGATES, allow('*', 'kms:Decrypt')) } } } });
    expect(document.keys.map(({ of: name }) => name)).toEqual(['Key (B)']);
  });
});

describe('what is under another key', () => {
  const bucket = (key: string) => ({
    Type: 'AWS::S3::Bucket', Properties: { BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: ARN(key) } }] } },
  });
  const reader = (...keys: string[]) => roleWith(own('s3:GetObject', { 'Fn::Sub': '${Uploads.Arn}/*' }), own('kms:Decrypt', keys.map(ARN)));
  const keys = { Key: KEY, Other: KEY };

  test('is no longer read by a role that has the old key alone', () => {
    const document = diffed({ ...keys, Uploads: bucket('Key'), Reader: reader('Key') }, { ...keys, Uploads: bucket('Other'), Reader: reader('Key') });
    expect(said(of(document, 'Uploads'))!.loses).toEqual(['Reader: decrypt (lost)']);
    expect(of(document, 'Key')).toBeUndefined();
  });

  test('is read by a role that has both', () => {
    const document = diffed({ ...keys, Uploads: bucket('Key'), Reader: reader('Key', 'Other') }, { ...keys, Uploads: bucket('Other'), Reader: reader('Key', 'Other') });
    expect(of(document, 'Uploads')).toBeUndefined();
    expect(concernsOf(document)).toEqual([]);
  });

  test('cannot be written any more by a trail that had no key to know: a flow is broken', () => {
    const trail = { Type: 'AWS::CloudTrail::Trail', Properties: { S3BucketName: { Ref: 'Uploads' }, IsLogging: true, KMSKeyId: ARN('Key') } };
    const document = diffed({ Key: KEY, Trail: trail, Uploads: { Type: 'AWS::S3::Bucket' } }, { Key: KEY, Trail: trail, Uploads: bucket('Key') });
    expect(document.flows).toEqual([expect.objectContaining({ resource: 'Uploads', rule: 'Encryption-S3BucketServicesHaveKey', concern: 'lost', detail: expect.stringContaining('cloudtrail.amazonaws.com') })]);
    // One that is new has lost nothing, and `check` says what it lacks.
    expect(diffed({ Key: KEY, Uploads: { Type: 'AWS::S3::Bucket' } }, { Key: KEY, Trail: trail, Uploads: bucket('Key') }).flows).toEqual([]);
  });

  test('cannot be read any more by a role that had S3 alone', () => {
    const role = roleWith(own('s3:GetObject', { 'Fn::Sub': '${Uploads.Arn}/*' }));
    const document = diffed({ Key: KEY, Uploads: { Type: 'AWS::S3::Bucket' }, Role: role }, { Key: KEY, Uploads: bucket('Key'), Role: role });
    expect(document.flows).toEqual([expect.objectContaining({ resource: 'Role', rule: 'Encryption-IamPolicyHasKey', concern: 'lost' })]);
  });

  test('loses nothing by a trail that is new, also where another flow was there', () => {
    const trail = { Type: 'AWS::CloudTrail::Trail', Properties: { S3BucketName: { Ref: 'Uploads' }, IsLogging: true, KMSKeyId: ARN('Key') } };
    const before = { Key: KEY, Uploads: bucket('Key'), Reader: reader('Key') };
    expect(diffed(before, { ...before, Trail: trail }).flows).toEqual([]);
  });

  test('loses nothing by a role that could not read it before', () => {
    const role = (...statements: object[]) => roleWith(own('s3:ListAllMyBuckets', '*'), ...statements);
    const document = diffed(
      { Key: KEY, Uploads: bucket('Key'), Role: role() }, { Key: KEY, Uploads: bucket('Key'), Role: role(own('s3:GetObject', { 'Fn::Sub': '${Uploads.Arn}/*' })) },
    );
    expect(document.flows).toEqual([]);
  });

  test('every rule of flows exists', () => {
    expect(FLOW_RULES.filter((id) => !RULES.some((rule) => rule.id === id))).toEqual([]);
  });
});
