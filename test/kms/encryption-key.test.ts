import { App, Duration, RemovalPolicy, Stack, Tags } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { EncryptionKey, EncryptionKeyProps, KeyOrigin, ReplicaKey, ServiceAccess } from '../../src';
import { ENV, keyStatement, keyStatements, propertiesOf, stack } from '../support/stack';

const ADMIN = new iam.ArnPrincipal('arn:aws:iam::111122223333:role/KeyAdmin');
const USER = new iam.ArnPrincipal('arn:aws:iam::111122223333:role/KeyUser');

describe('an EncryptionKey with no props', () => {
  const scope = stack(ENV);
  new EncryptionKey(scope, 'Key');

  test('rotates every year and waits 30 days before it is deleted', () => {
    expect(propertiesOf(scope, 'AWS::KMS::Key')).toMatchObject({ EnableKeyRotation: true, RotationPeriodInDays: 365, PendingWindowInDays: 30 });
  });

  test('stays when its stack is deleted or the resource is replaced', () => {
    Template.fromStack(scope).hasResource('AWS::KMS::Key', { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  });

  test('has the logical id that a plain kms.Key has', () => {
    const plain = stack(ENV);
    new kms.Key(plain, 'Key');
    const ids = (of: Stack) => Object.keys(Template.fromStack(of).findResources('AWS::KMS::Key'));
    expect(ids(scope)).toEqual(ids(plain));
  });

  test('lets the account decide, and lets nobody create grants except for AWS resources', () => {
    expect(keyStatements(scope)).toEqual([
      {
        Sid: 'AccountIdentities',
        Effect: 'Allow',
        Principal: { AWS: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::111122223333:root']] } },
        Action: 'kms:*',
        Resource: '*',
      },
      {
        Sid: 'DenyGrantsUnlessForAwsResources',
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Action: 'kms:CreateGrant',
        Resource: '*',
        Condition: { BoolIfExists: { 'kms:GrantIsForAWSResource': 'false', 'aws:PrincipalIsAWSService': 'false' } },
      },
    ]);
  });
});

test('administrators manage the key and have no action that uses it or hands it out', () => {
  const scope = stack(ENV);
  new EncryptionKey(scope, 'Key', { administrators: [ADMIN] });
  const actions = keyStatement(scope, 'KeyAdministrators')!.Action as string[];
  expect(actions).toEqual(expect.arrayContaining(['kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion', 'kms:EnableKeyRotation', 'kms:ReplicateKey']));
  expect(actions.filter((action) => /\*|Encrypt|Decrypt|GenerateDataKey|CreateGrant|Sign|Mac/.test(action))).toEqual([]);
});

test('the admins of a plain kms.Key are administrators', () => {
  const scope = stack(ENV);
  new EncryptionKey(scope, 'Key', { admins: [ADMIN] });
  expect(keyStatement(scope, 'KeyAdministrators')!.Principal).toEqual({ AWS: 'arn:aws:iam::111122223333:role/KeyAdmin' });
});

test('users use the key, and create grants only for AWS resources', () => {
  const scope = stack(ENV);
  new EncryptionKey(scope, 'Key', { users: [USER] });
  expect(keyStatement(scope, 'KeyUsers')!.Action).toEqual(['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*']);
  expect(keyStatement(scope, 'KeyUsersGrantsForAwsResources')).toMatchObject({
    Action: ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant'],
    Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
  });
});

test('another account and an organization are one call each', () => {
  const scope = stack(ENV);
  const key = new EncryptionKey(scope, 'Key');
  key.allowAccount('444455556666');
  key.allowOrganization('o-a1b2c3d4e5');
  expect(keyStatement(scope, 'KeyUsers')!.Principal).toEqual({
    AWS: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::444455556666:root']] },
  });
  expect(keyStatement(scope, 'KeyUsers2')).toMatchObject({
    Principal: { AWS: '*' },
    Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
  });
});

test('break glass: only the named principals may destroy the key', () => {
  const scope = stack(ENV);
  const arn = 'arn:aws:iam::111122223333:role/BreakGlass';
  new EncryptionKey(scope, 'Key', { breakGlassPrincipals: [new iam.ArnPrincipal(arn)] });
  expect(keyStatement(scope, 'DenyDestructionUnlessBreakGlass')).toMatchObject({
    Effect: 'Deny',
    Principal: { AWS: '*' },
    Action: ['kms:DeleteImportedKeyMaterial', 'kms:DisableKey', 'kms:ScheduleKeyDeletion'],
    Condition: { ArnNotEquals: { 'aws:PrincipalArn': [arn] } },
  });
  expect(keyStatement(scope, 'BreakGlass')!.Action).toContain('kms:CancelKeyDeletion');
});

test('grant creators are spared by the guard, by their ARN', () => {
  const scope = stack(ENV);
  new EncryptionKey(scope, 'Key', { grantCreators: [ADMIN] });
  expect(keyStatement(scope, 'DenyGrantsUnlessForAwsResources')!.Condition).toEqual({
    BoolIfExists: { 'kms:GrantIsForAWSResource': 'false', 'aws:PrincipalIsAWSService': 'false' },
    ArnNotEquals: { 'aws:PrincipalArn': ['arn:aws:iam::111122223333:role/KeyAdmin'] },
  });
});

test('imported material: no rotation, and the origin is said', () => {
  const scope = stack(ENV);
  new EncryptionKey(scope, 'Key', { origin: KeyOrigin.EXTERNAL, enabled: false });
  const properties = propertiesOf(scope, 'AWS::KMS::Key');
  expect(properties).toMatchObject({ Origin: 'EXTERNAL', Enabled: false });
  expect(properties).not.toHaveProperty('EnableKeyRotation');
});

test('KMS checks for a lock-out too, unless the caller says otherwise by name', () => {
  const bypass = (props: EncryptionKeyProps) => {
    const scope = stack(ENV);
    new EncryptionKey(scope, 'Key', props);
    return propertiesOf(scope, 'AWS::KMS::Key').BypassPolicyLockoutSafetyCheck;
  };
  expect(bypass({})).toBeUndefined();
  expect(bypass({ bypassPolicyLockoutSafetyCheck: true })).toBe(true);
});

test('says what it is for, has its alias, and takes tags', () => {
  const scope = stack(ENV);
  Tags.of(new EncryptionKey(scope, 'Key', { alias: 'orders' })).add('team', 'orders');
  expect(propertiesOf(scope, 'AWS::KMS::Key')).toMatchObject({ Description: 'Encrypts data of Stack/Key', Tags: [{ Key: 'team', Value: 'orders' }] });
  expect(propertiesOf(scope, 'AWS::KMS::Alias').AliasName).toBe('alias/orders');
});

describe('growth of the policy', () => {
  test('a hundred roles and a hundred secrets in the account add nothing to it', () => {
    const scope = stack(ENV);
    const key = new EncryptionKey(scope, 'Key');
    const before = keyStatements(stackWithOneKey()).length;
    for (let n = 0; n < 100; n++) {
      const role = new iam.Role(scope, `Role${n}`, { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });
      key.grantEncryptDecrypt(role);
      new secretsmanager.Secret(scope, `Secret${n}`, { encryptionKey: key }).grantRead(role);
    }
    expect(keyStatements(scope)).toHaveLength(before);
  });

  test('principals that must be named share one statement for the same actions', () => {
    const scope = stack(ENV);
    const key = new EncryptionKey(scope, 'Key');
    key.grantDecrypt(new iam.AccountPrincipal('444455556666'));
    key.grantDecrypt(new iam.AccountPrincipal('777788889999'));
    expect(keyStatement(scope, 'GrantDecrypt')!.Principal.AWS).toHaveLength(2);
    expect(keyStatements(scope)).toHaveLength(3);
  });

  test('a policy that KMS would refuse for its size is an error that names the largest statements', () => {
    const scope = stack(ENV);
    const users = Array.from({ length: 700 }, (_, n) => new iam.ArnPrincipal(`arn:aws:iam::111122223333:role/a-role-with-a-rather-long-name-${n}`));
    new EncryptionKey(scope, 'Key', { users });
    expect(() => (scope.node.root as App).synth())
      .toThrow(/the key policy has \d+ bytes, the limit of KMS is 32768. Largest: KeyUsersGrantsForAwsResources \(\d+ bytes\), KeyUsers/);
  });

  function stackWithOneKey() {
    const scope = stack(ENV);
    new EncryptionKey(scope, 'Key');
    return scope;
  }
});

describe('key.grants.x() does what key.grantX() does', () => {
  const NAMES = { admin: 'grantAdmin', decrypt: 'grantDecrypt', encrypt: 'grantEncrypt', encryptDecrypt: 'grantEncryptDecrypt' } as const;
  const granted = (grant: (key: EncryptionKey, grantee: iam.Role) => unknown, trustAccountIdentities: boolean) => {
    const scope = stack(ENV);
    const key = new EncryptionKey(scope, 'Key', { trustAccountIdentities, administrators: [ADMIN] });
    grant(key, new iam.Role(scope, 'Role', { assumedBy: new iam.AccountRootPrincipal() }));
    return Template.fromStack(scope).toJSON();
  };
  test.each(Object.entries(NAMES) as Array<[keyof typeof NAMES, (typeof NAMES)[keyof typeof NAMES]]>)('%s', (name, method) => {
    for (const trusts of [true, false]) {
      expect(granted((key, role) => key.grants[name](role), trusts)).toEqual(granted((key, role) => key[method](role), trusts));
    }
  });

  test('of a replica too, so that its administrators cannot create grants', () => {
    const ofReplica = (grant: (key: ReplicaKey, grantee: iam.Role) => unknown) => {
      const scope = stack(ENV);
      grant(new ReplicaKey(scope, 'Key', { primaryKeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab' }),
        new iam.Role(scope, 'Role', { assumedBy: new iam.AccountRootPrincipal() }));
      return Template.fromStack(scope).toJSON();
    };
    for (const name of Object.keys(NAMES) as Array<keyof typeof NAMES>) {
      expect(ofReplica((key, role) => key.grants[name](role))).toEqual(ofReplica((key, role) => key[NAMES[name]](role)));
    }
    expect(JSON.stringify(ofReplica((key, role) => key.grants.admin(role)))).not.toContain('kms:Create*');
  });

  test('actions, with the refusal of what this kind of key cannot do', () => {
    expect(granted((key, role) => key.grants.actions(role, 'kms:Decrypt'), true)).toEqual(granted((key, role) => key.grant(role, 'kms:Decrypt'), true));
    expect(() => granted((key, role) => key.grants.sign(role), true)).toThrow('[GrantMakesNoSense]');
  });
});

describe('grants across stacks', () => {
  const role = (scope: Stack, roleName?: string) => new iam.Role(scope, 'Role', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com'), roleName });

  test('a role in another stack of the account gets permission in its own policy alone', () => {
    const app = new App();
    const [data, compute] = [stack(undefined, 'Data', app), stack(undefined, 'Compute', app)];
    const key = new EncryptionKey(data, 'Key');
    key.grantDecrypt(role(compute));
    app.synth();
    expect(keyStatements(data)).toHaveLength(2);
    Template.fromStack(compute).resourceCountIs('AWS::IAM::Policy', 1);
  });

  test('the same where only one of the two stacks says its account', () => {
    const app = new App();
    const [data, compute] = [stack(ENV, 'Data', app), stack({ region: ENV.region }, 'Compute', app)];
    new EncryptionKey(data, 'Key').grantDecrypt(role(compute));
    expect(keyStatements(data)).toHaveLength(2);
  });

  test('a named role in another account is let in by its account and its name', () => {
    const app = new App();
    const [data, compute] = [stack(ENV, 'Data', app), stack({ account: '444455556666', region: 'us-east-1' }, 'Compute', app)];
    new EncryptionKey(data, 'Key').grantDecrypt(role(compute, 'reader'));
    app.synth();
    expect(keyStatement(data, 'GrantDecrypt')).toMatchObject({
      Action: 'kms:Decrypt',
      Condition: { ArnEquals: { 'aws:PrincipalArn': { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::444455556666:role/reader']] } } },
    });
    const [policy] = Object.values(Template.fromStack(compute).findResources('AWS::IAM::Policy'));
    expect(policy.Properties.PolicyDocument.Statement[0].Resource).toEqual({ 'Fn::GetStackOutput': expect.objectContaining({ StackName: 'Data' }) });
  });

  test('an unnamed role in another account is an error that says what to do', () => {
    const app = new App();
    const [data, compute] = [stack(ENV, 'Data', app), stack({ account: '444455556666', region: 'us-east-1' }, 'Compute', app)];
    expect(() => new EncryptionKey(data, 'Key').grantDecrypt(role(compute))).toThrow(/Data\/Key: cannot name Compute\/Role .*Give it a 'roleName'/);
  });

  test('a key that trusts only its policy names a role of another stack without needing that stack', () => {
    const app = new App();
    const [data, compute] = [stack(undefined, 'Data', app), stack(undefined, 'Compute', app)];
    const key = new EncryptionKey(data, 'Key', { trustAccountIdentities: false, administrators: [ADMIN] });
    key.grantDecrypt(role(compute, 'reader'));
    app.synth();
    expect(data.dependencies).toEqual([]);
    expect(keyStatement(data, 'GrantDecrypt')!.Condition!.ArnEquals).toBeDefined();
  });
});

test('a statement added twice is said once', () => {
  const scope = stack(ENV);
  const key = new EncryptionKey(scope, 'Key');
  key.addServiceAccess(ServiceAccess.sns());
  key.addServiceAccess(ServiceAccess.sns());
  expect(keyStatements(scope).map(({ Sid }) => Sid)).toEqual(['AccountIdentities', 'DenyGrantsUnlessForAwsResources', 'Sns']);
});

test('the key is deleted with its stack where the caller says so', () => {
  const scope = stack(ENV);
  new EncryptionKey(scope, 'Key', { removalPolicy: RemovalPolicy.DESTROY });
  Template.fromStack(scope).hasResource('AWS::KMS::Key', { DeletionPolicy: 'Delete' });
});

describe('what would lock out, weaken or fail at deployment is an error', () => {
  const cases: Array<[string, EncryptionKeyProps, RegExp]> = [
    ['nobody can administer', { trustAccountIdentities: false }, /Stack\/Key: 'trustAccountIdentities' cannot be false without 'administrators'/],
    ['a service as administrator', { administrators: [new iam.ServicePrincipal('s3.amazonaws.com')] }, /'administrators' must be IAM roles/],
    ['everybody as user', { users: [new iam.AnyPrincipal()] }, /'users' cannot have \{"AWS":"\*"\}: any role of any account may call kms:Decrypt. Name the roles/],
    ['everybody as administrator', { administrators: [new iam.AnyPrincipal()] }, /'administrators' must be IAM roles/],
    ['no rotation', { enableKeyRotation: false }, /'enableKeyRotation' cannot be false.*rotationPeriod/],
    ['rotation too often', { rotationPeriod: Duration.days(30) }, /'rotationPeriod' must be between 90 and 2560 whole days, got 30 days/],
    ['rotation too seldom', { rotationPeriod: Duration.days(2561) }, /got 2561 days/],
    ['rotation at half a day', { rotationPeriod: Duration.hours(2172) }, /got 90.5 days/],
    ['rotation of imported material', { origin: KeyOrigin.EXTERNAL, rotationPeriod: Duration.days(90) }, /'rotationPeriod' cannot be set with 'origin' EXTERNAL/],
    ['a short deletion window', { pendingWindow: Duration.days(3) }, /'pendingWindow' must be between 7 and 30 whole days, got 3 days/],
    ['a policy of the caller', { policy: new iam.PolicyDocument() }, /'policy' cannot be/],
    ['an asymmetric spec', { keySpec: kms.KeySpec.RSA_4096 }, /'keySpec' cannot be 'RSA_4096'.*AsymmetricEncryptionKey/],
    ['signing', { keyUsage: kms.KeyUsage.SIGN_VERIFY }, /'keyUsage' cannot be 'SIGN_VERIFY'.*SigningKey/],
    ['multi-Region', { multiRegion: true }, /'multiRegion' cannot be true.*MultiRegionKey/],
    ['break glass by a service', { breakGlassPrincipals: [new iam.ServicePrincipal('s3.amazonaws.com')] }, /'breakGlassPrincipals' must be IAM roles or users/],
  ];
  test.each(cases)('%s', (_, props, message) => {
    expect(() => new EncryptionKey(stack(ENV), 'Key', props)).toThrow(message);
  });

  test('a later statement that denies everybody the policy', () => {
    const scope = stack(ENV);
    new EncryptionKey(scope, 'Key').addToResourcePolicy(new iam.PolicyStatement({
      sid: 'Oops', effect: iam.Effect.DENY, principals: [new iam.AnyPrincipal()], actions: ['kms:Put*'], resources: ['*'],
    }));
    expect(() => (scope.node.root as App).synth()).toThrow(/locks everybody out: .*statement Oops denies it/);
  });

  test('a later statement that names nobody', () => {
    const scope = stack(ENV);
    new EncryptionKey(scope, 'Key').addToResourcePolicy(new iam.PolicyStatement({ actions: ['kms:Decrypt'], resources: ['*'] }));
    expect(() => (scope.node.root as App).synth()).toThrow(/must specify at least one IAM principal/);
  });

  test('malformed ids', () => {
    const key = new EncryptionKey(stack(ENV), 'Key');
    expect(() => key.allowAccount('my-account')).toThrow(/'accountId' must be 12 digits, got 'my-account'/);
    expect(() => key.allowOrganization('111122223333')).toThrow(/'organizationId' must look like o-a1b2c3d4e5, got '111122223333'/);
  });
});
