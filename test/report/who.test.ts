import type { Access, Capability } from '../../src/report/access';
import { EstateAccess } from '../../src/report/estate-access';
import { Template } from '../../src/template/template';

const ACCOUNT = '111122223333';

const allow = (principal: object | string, action: string | string[], more: object = {}) => ({ Effect: 'Allow', Principal: principal, Action: action, Resource: '*', ...more });
const DELEGATES = allow({ AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' } }, 'kms:*', { Sid: 'Account' });
const roleWith = (...statements: object[]) => ({
  Type: 'AWS::IAM::Role',
  Properties: { AssumeRolePolicyDocument: {}, Policies: statements.length > 0 ? [{ PolicyName: 'p', PolicyDocument: { Statement: statements } }] : undefined },
});
const own = (action: string | string[], resource: unknown, condition?: object) => ({ Effect: 'Allow', Action: action, Resource: resource, ...(condition && { Condition: condition }) });
const KEY_ARN = { 'Fn::GetAtt': ['Key', 'Arn'] };
const OBJECTS = { 'Fn::Sub': '${Uploads.Arn}/*' };
const keyWith = (...statements: object[]) => ({ Type: 'AWS::KMS::Key', Properties: { KeyPolicy: { Statement: statements } } });
const UPLOADS = {
  Type: 'AWS::S3::Bucket',
  Properties: { BucketEncryption: { ServerSideEncryptionConfiguration: [{ BucketKeyEnabled: true, ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: KEY_ARN } }] } },
};

function access(resources: object, of: string, can: Capability): readonly Access[] {
  const template = new Template({ Resources: resources }, { account: ACCOUNT, region: 'us-east-1' });
  const estate = new EstateAccess([template], ({ logicalId }) => logicalId);
  return estate.who(estate.asked.find(({ name }) => name === of)!, can);
}

const names = (answers: readonly Access[]) => answers.map(({ who, certainty }) => `${who}: ${certainty}`);
const rolesIn = (answers: readonly Access[]) => names(answers.filter(({ kind }) => kind === 'role'));

describe('a key that leaves it to its account', () => {
  test('is used by roles whose own policies name it, and by whoever else the account allows', () => {
    const resources = { Key: keyWith(DELEGATES), Reader: roleWith(own('kms:Decrypt', KEY_ARN)), Nobody: roleWith() };
    expect(names(access(resources, 'Key', 'decrypt'))).toEqual(['Reader: yes', `${ACCOUNT}: conditional`]);
    expect(names(access(resources, 'Key', 'encrypt'))).toEqual([`${ACCOUNT}: conditional`]);
  });

  test('is used through a service only by a role that may do so', () => {
    const viaS3 = { StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } };
    const [reader] = access({ Key: keyWith(DELEGATES), Reader: roleWith(own('kms:Decrypt', KEY_ARN, viaS3)) }, 'Key', 'decrypt');
    expect(reader).toMatchObject({ who: 'Reader', certainty: 'conditional', through: 's3.us-east-1.amazonaws.com' });
  });

  test('says which statements of which policies allow it', () => {
    const [reader] = access({ Key: keyWith(DELEGATES), Reader: roleWith(own('kms:Decrypt', KEY_ARN)) }, 'Key', 'decrypt');
    expect(reader.by).toBe('Reader: statement 1, and key policy: statement Account');
  });

  test('gives a role nothing where the delegation and the role name different services', () => {
    const delegates = allow({ AWS: ACCOUNT }, 'kms:*', { Condition: { StringEquals: { 'kms:ViaService': 'sqs.us-east-1.amazonaws.com' } } });
    const viaS3 = { StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } };
    expect(rolesIn(access({ Key: keyWith(delegates), Reader: roleWith(own('kms:Decrypt', KEY_ARN, viaS3)) }, 'Key', 'decrypt'))).toEqual([]);
  });

  test('is not used by a role that a Deny of either side is for', () => {
    const deny = { Effect: 'Deny', Action: 'kms:Decrypt', Resource: '*' };
    expect(rolesIn(access({ Key: keyWith(DELEGATES), Reader: roleWith(own('kms:Decrypt', KEY_ARN), deny) }, 'Key', 'decrypt'))).toEqual([]);
    const denied = keyWith(DELEGATES, { ...deny, Principal: { AWS: { 'Fn::GetAtt': ['Reader', 'Arn'] } } });
    expect(rolesIn(access({ Key: denied, Reader: roleWith(own('kms:Decrypt', KEY_ARN)) }, 'Key', 'decrypt'))).toEqual([]);
  });

  test('is not used by a role with a boundary where a Deny is by NotPrincipal, whomever that names', () => {
    const spared = { Effect: 'Deny', NotPrincipal: { AWS: [{ 'Fn::GetAtt': ['Reader', 'Arn'] }, ACCOUNT] }, Action: 'kms:*', Resource: '*' };
    const boundary = { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: { Statement: [own('kms:*', '*')] } } };
    const reader = roleWith(own('kms:Decrypt', KEY_ARN));
    const limited = { ...reader, Properties: { ...reader.Properties, PermissionsBoundary: { Ref: 'Boundary' } } };
    const key = keyWith(DELEGATES, spared);
    expect([reader, limited].map((Reader) => rolesIn(access({ Key: key, Reader, Boundary: boundary }, 'Key', 'decrypt')))).toEqual([['Reader: yes'], []]);
  });

  test('is used by an administrator of AWS, and not by a role that another key is for', () => {
    const admin = { Type: 'AWS::IAM::Role', Properties: { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] } };
    const resources = { Key: keyWith(DELEGATES), Other: keyWith(DELEGATES), Admin: admin, Reader: roleWith(own('kms:Decrypt', { 'Fn::GetAtt': ['Other', 'Arn'] })) };
    expect(rolesIn(access(resources, 'Key', 'decrypt'))).toEqual(['Admin: yes']);
  });
});

describe('a policy variable, a group', () => {
  const keysOfAccount = own('kms:Decrypt', 'arn:aws:kms:*:${aws:PrincipalAccount}:key/*');
  const keysOfAnother = own('kms:Decrypt', 'arn:aws:kms:*:444455556666:key/*');

  test('a role whose policy names the keys of its account by a policy variable uses the key', () => {
    expect(rolesIn(access({ Key: keyWith(DELEGATES), Reader: roleWith(keysOfAccount), Other: roleWith(keysOfAnother) }, 'Key', 'decrypt'))).toEqual(['Reader: yes']);
  });

  test('a user has the policies of the groups to which it is added', () => {
    const resources = {
      Key: keyWith(DELEGATES),
      Group: { Type: 'AWS::IAM::Group', Properties: { Policies: [{ PolicyName: 'p', PolicyDocument: { Statement: [own('kms:Decrypt', KEY_ARN)] } }] } },
      Member: { Type: 'AWS::IAM::User' },
      Stranger: { Type: 'AWS::IAM::User' },
      Added: { Type: 'AWS::IAM::UserToGroupAddition', Properties: { GroupName: { Ref: 'Group' }, Users: [{ Ref: 'Member' }] } },
    };
    expect(names(access(resources, 'Key', 'decrypt'))).toEqual(['Member: yes', `${ACCOUNT}: conditional`]);
  });
});

describe('the role that SAM makes of a function', () => {
  const functionWith = (...policies: unknown[]) => ({ Type: 'AWS::Serverless::Function', Properties: { Handler: 'index.handler', Policies: policies } });
  const decrypts = (resources: object) => rolesIn(access({ Key: keyWith(DELEGATES), ...resources }, 'Key', 'decrypt'));

  test.each<[string, unknown, string[]]>([
    ['a document that names the key', { Statement: [own('kms:Decrypt', KEY_ARN)] }, ['ReaderRole: yes']],
    ['a document about something else', { Statement: [own('s3:GetObject', '*')] }, []],
    ["SAM's template for the key", { KMSDecryptPolicy: { KeyId: { Ref: 'Key' } } }, ['ReaderRole: yes']],
    ["SAM's template for encryption", { KMSEncryptPolicy: { KeyId: { Ref: 'Key' } } }, []],
    ['a managed policy by its name', 'AdministratorAccess', ['ReaderRole: yes']],
    ['a managed policy for service roles', 'AWSLambdaBasicExecutionRole', []],
    ['a managed policy of the template', { Ref: 'Shared' }, ['ReaderRole: yes']],
  ])('has %s', (_, policy, expected) => {
    const shared = { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: { Statement: [own('kms:Decrypt', KEY_ARN)] } } };
    expect(decrypts({ Shared: shared, Reader: functionWith(policy) })).toEqual(expected);
  });

  test('is not made where the function names a role', () => {
    const reader = functionWith({ Statement: [own('kms:Decrypt', KEY_ARN)] });
    expect(decrypts({ Reader: { ...reader, Properties: { ...reader.Properties, Role: { 'Fn::GetAtt': ['Named', 'Arn'] } } }, Named: roleWith() })).toEqual([]);
  });

  test('is the one that a key policy names', () => {
    const key = keyWith(allow({ AWS: { 'Fn::GetAtt': ['ReaderRole', 'Arn'] } }, 'kms:Decrypt'));
    expect(names(access({ Key: key, Reader: functionWith() }, 'Key', 'decrypt'))).toEqual(['ReaderRole: yes']);
  });
});

describe('a key that does not leave it to its account', () => {
  test('is used by those whom its policy names alone', () => {
    const key = keyWith(allow({ AWS: { 'Fn::GetAtt': ['Reader', 'Arn'] } }, 'kms:Decrypt'));
    expect(names(access({ Key: key, Reader: roleWith(), Other: roleWith(own('kms:Decrypt', '*')) }, 'Key', 'decrypt'))).toEqual(['Reader: yes']);
  });
});

describe('others', () => {
  test('a service is named with the conditions under which it comes', () => {
    const key = keyWith(allow({ Service: 'sns.amazonaws.com' }, 'kms:Decrypt', { Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } } }));
    expect(access({ Key: key }, 'Key', 'decrypt')).toMatchObject([{ who: 'sns.amazonaws.com', kind: 'service', certainty: 'conditional', conditions: [`aws:sourceaccount = ${ACCOUNT}`] }]);
  });

  test('another account is named by its number', () => {
    const key = keyWith(DELEGATES, allow({ AWS: 'arn:aws:iam::999999999999:root' }, 'kms:Decrypt'));
    expect(names(access({ Key: key }, 'Key', 'decrypt'))).toContain('999999999999: conditional');
    expect(names(access({ Key: key }, 'Key', 'encrypt'))).not.toContain('999999999999: conditional');
  });

  test('everybody is named as such', () => {
    expect(names(access({ Key: keyWith(allow('*', 'kms:Decrypt')) }, 'Key', 'decrypt'))).toContain('anybody: yes');
  });

  test('an organization is named by its id', () => {
    const key = keyWith(allow('*', 'kms:Decrypt', { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-abcdefghij' } } }));
    expect(names(access({ Key: key }, 'Key', 'decrypt'))).toContain('o-abcdefghij: conditional');
    expect(names(access({ Key: key }, 'Key', 'decrypt'))).not.toContain('anybody: yes');
  });

  test('a policy that the template does not show is unknown, not nobody', () => {
    const template = { Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: { Ref: 'Policy' } } } };
    expect(access(template, 'Key', 'decrypt').some(({ certainty }) => certainty === 'unknown')).toBe(true);
  });
});

describe('what is under a key', () => {
  const key = keyWith(DELEGATES);

  test('is read by those who may read it and use its key, not by readers of something else under the key', () => {
    const resources = {
      Key: key,
      Uploads: UPLOADS,
      KeyOnly: roleWith(own('kms:Decrypt', KEY_ARN)),
      BucketOnly: roleWith(own('s3:GetObject', OBJECTS)),
      Reader: roleWith(own('kms:Decrypt', KEY_ARN), own('s3:GetObject', OBJECTS)),
    };
    expect(rolesIn(access(resources, 'Uploads', 'decrypt'))).toEqual(['Reader: yes']);
    expect(rolesIn(access(resources, 'Key', 'decrypt'))).toEqual(['KeyOnly: yes', 'Reader: yes']);
  });

  test('is a stream too: written by its producers through Kinesis, and not by those of another stream', () => {
    const stream = { Type: 'AWS::Kinesis::Stream', Properties: { StreamEncryption: { EncryptionType: 'KMS', KeyId: KEY_ARN } } };
    const throughKinesis = own('kms:GenerateDataKey', KEY_ARN, { StringEquals: { 'kms:ViaService': 'kinesis.us-east-1.amazonaws.com' } });
    const producer = (of: string) => roleWith(own('kinesis:PutRecord', { 'Fn::GetAtt': [of, 'Arn'] }), throughKinesis);
    const resources = { Key: key, Stream: stream, Other: stream, Producer: producer('Stream'), Elsewhere: producer('Other') };
    expect(rolesIn(access(resources, 'Stream', 'encrypt')).map((each) => each.split(':')[0])).toEqual(['Producer']);
  });

  test('under a key that is elsewhere, or that AWS manages, nobody can tell', () => {
    const under = (id: string) => ({ Uploads: { Type: 'AWS::SQS::Queue', Properties: { KmsMasterKeyId: id } } });
    expect(access(under('alias/aws/sqs'), 'Uploads', 'decrypt')).toMatchObject([{ certainty: 'unknown', note: expect.stringContaining('a key that AWS manages') }]);
    expect(access(under('arn:aws:kms:us-east-1:999999999999:key/1'), 'Uploads', 'decrypt')).toMatchObject([{ certainty: 'unknown', note: expect.stringContaining('not in the templates') }]);
  });

  test('signing is asked of keys that sign', () => {
    const signs = { Key: { Type: 'AWS::KMS::Key', Properties: { KeyUsage: 'SIGN_VERIFY', KeySpec: 'ECC_NIST_P256', KeyPolicy: { Statement: [DELEGATES] } } } };
    expect(names(access(signs, 'Key', 'sign'))).toEqual([`${ACCOUNT}: conditional`]);
    expect(access(signs, 'Key', 'decrypt')).toEqual([]);
  });
});
