import { App, CfnParameter, CustomResource, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { AsymmetricEncryptionKey, EncryptionKey, EncryptionKeyProps, KeyAgreementKey, MacKey, MultiRegionKey, ReplicaKey, SigningKey } from '../../src';
import { ENV, stack } from '../support/stack';

const ADMIN = new iam.ArnPrincipal('arn:aws:iam::111122223333:role/KeyAdmin');
const MESSAGE = /Stack\/Key: the key policy locks everybody out: nobody of the account can change the policy, only AWS Support could: .*\. Name an administrator.* \[KeyPolicyLocksOut\]/;

type Key = kms.IKey & { readonly node: Stack['node'] };

function deny(props: Partial<iam.PolicyStatementProps> = {}): iam.PolicyStatement {
  return new iam.PolicyStatement({ effect: iam.Effect.DENY, principals: props.notPrincipals ? undefined : [new iam.AnyPrincipal()], actions: ['kms:*'], resources: ['*'], ...props });
}

const synth = (build: (scope: Stack) => void) => () => {
  const app = new App();
  build(stack(ENV, 'Stack', app));
  app.synth();
};

const KEYS: Array<[string, (scope: Stack, props: EncryptionKeyProps) => Key]> = [
  ['EncryptionKey', (scope, props) => new EncryptionKey(scope, 'Key', props)],
  ['MultiRegionKey', (scope, props) => new MultiRegionKey(scope, 'Key', { ...props, replicaRegions: ['eu-west-1'] })],
  ['ReplicaKey', (scope, props) => new ReplicaKey(scope, 'Key', { ...props, primaryKeyArn: 'arn:aws:kms:us-west-2:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab' })],
  ['AsymmetricEncryptionKey', (scope, props) => new AsymmetricEncryptionKey(scope, 'Key', props)],
  ['SigningKey', (scope, props) => new SigningKey(scope, 'Key', props)],
  ['MacKey', (scope, props) => new MacKey(scope, 'Key', props)],
  ['KeyAgreementKey', (scope, props) => new KeyAgreementKey(scope, 'Key', props)],
];

describe.each(KEYS)('%s', (_, make) => {
  test('with nobody left to manage it is an error at synth', () => {
    expect(synth((scope) => make(scope, {}).addToResourcePolicy(deny()))).toThrow(MESSAGE);
  });

  test('with a Deny that spares an administrator is not', () => {
    expect(synth((scope) => make(scope, { administrators: [ADMIN] })
      .addToResourcePolicy(deny({ conditions: { ArnNotEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/KeyAdmin' } } })))).not.toThrow();
  });
});

/** Each leaves nobody who may call kms:PutKeyPolicy. */
const LOCKED: Record<string, (key: Key, scope: Stack) => void> = {
  'a Deny of the account root, which is the whole account': (key) => key.addToResourcePolicy(deny({ principals: [new iam.AccountRootPrincipal()] })),
  'a Deny of every ARN': (key) => key.addToResourcePolicy(deny({ conditions: { StringLike: { 'aws:PrincipalArn': '*' } } })),
  'a Deny of every principal of the account': (key) => key.addToResourcePolicy(deny({ conditions: { StringEquals: { 'aws:PrincipalAccount': '111122223333' } } })),
  'a Deny of changes alone': (key) => key.addToResourcePolicy(deny({ actions: ['kms:Put*'] })),
  'a Deny of everything but use': (key) => key.addToResourcePolicy(deny({ actions: undefined, notActions: ['kms:Decrypt', 'kms:GenerateDataKey*'] })),
  'two Denies, each of a half': (key) => {
    key.addToResourcePolicy(deny({ conditions: { StringLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/*' } } }));
    key.addToResourcePolicy(deny({ conditions: { StringNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/*' } } }));
  },
  'a Deny that spares only a role of another account': (key) => key.addToResourcePolicy(deny({ conditions: { ArnNotEquals: { 'aws:PrincipalArn': 'arn:aws:iam::999999999999:role/Admin' } } })),
  'a mixin on the L1': (key) => { (key.node.defaultChild as kms.CfnKey).with({ supports: () => true, applyTo: (l1) => { (l1 as kms.CfnKey).keyPolicy = { Statement: [{ Effect: 'Allow', Principal: { AWS: '999999999999' }, Action: 'kms:*', Resource: '*' }] }; } }); },
  'an escape hatch': (key) => { (key.node.defaultChild as kms.CfnKey).addPropertyOverride('KeyPolicy.Statement.0.Action', 'kms:Decrypt'); },
};

test.each(Object.entries(LOCKED))('%s is seen', (_, change) => {
  expect(synth((scope) => change(new EncryptionKey(scope, 'Key'), scope))).toThrow(MESSAGE);
});

test('a Deny of everybody but a role that may not exist is an error that says how to spare it', () => {
  const ghost = new iam.ArnPrincipal('arn:aws:iam::111122223333:role/Ghost');
  expect(synth((scope) => new EncryptionKey(scope, 'Key').addToResourcePolicy(deny({ sid: 'ButGhost', notPrincipals: [ghost] }))))
    .toThrow(/Stack\/Key: the key policy may lock everybody out: statement ButGhost denies everybody .*aws:PrincipalArn.* \[KeyPolicyMayLockOut\]/);
  expect(synth((scope) => new EncryptionKey(scope, 'Key').addToResourcePolicy(deny({ notPrincipals: [ghost, new iam.AccountRootPrincipal()] })))).not.toThrow();
});

test('a key that trusts its own policy alone is seen when its administrators are denied', () => {
  expect(synth((scope) => new EncryptionKey(scope, 'Key', { trustAccountIdentities: false, administrators: [ADMIN] })
    .addToResourcePolicy(deny({ actions: ['kms:PutKeyPolicy'], principals: [ADMIN] })))).toThrow(MESSAGE);
});

test('a statement that a replica is given locks out every Region, and is said once, of the primary', () => {
  expect(synth((scope) => { new MultiRegionKey(scope, 'Key', { replicaRegions: ['eu-west-1'] }).replicas[0].addToResourcePolicy(deny()); })).toThrow(MESSAGE);
});

/** Somebody of the account can still change the policy. */
const MANAGEABLE: Record<string, (scope: Stack) => void> = {
  'an administrator who is a role of another stack': (scope) => {
    const role = new iam.Role(stack(ENV, 'Roles', scope.node.root as App), 'Admin', { assumedBy: new iam.AccountRootPrincipal() });
    new EncryptionKey(scope, 'Key', { trustAccountIdentities: false, administrators: [role] });
  },
  'an administrator of the same stack for a key of many Regions': (scope) => {
    const role = new iam.Role(scope, 'Admin', { assumedBy: new iam.AccountRootPrincipal() });
    new MultiRegionKey(scope, 'Key', { trustAccountIdentities: false, administrators: [role], replicaRegions: ['eu-west-1'] });
  },
  'an administrator whose ARN only the deployment knows': (scope) => {
    const custom = new CustomResource(scope, 'Custom', { serviceToken: 'arn:aws:lambda:us-east-1:111122223333:function:f' });
    new EncryptionKey(scope, 'Key', { trustAccountIdentities: false, administrators: [new iam.ArnPrincipal(custom.getAttString('RoleArn'))] });
  },
  'an administrator who is a parameter': (scope) => {
    const parameter = new CfnParameter(scope, 'Admin');
    new EncryptionKey(scope, 'Key', { trustAccountIdentities: false, administrators: [new iam.ArnPrincipal(parameter.valueAsString)] });
  },
  'an account that is not known before deployment': (scope) => {
    const agnostic = new Stack(scope.node.root as App, 'Agnostic');
    new EncryptionKey(agnostic, 'Key', { trustAccountIdentities: false, administrators: [new iam.AccountRootPrincipal()] });
  },
};

test.each(Object.entries(MANAGEABLE))('%s is no lock-out', (_, build) => {
  expect(synth(build)).not.toThrow();
});

test('each locked key of an app is named', () => {
  expect(synth((scope) => ['A', 'B'].forEach((id) => new EncryptionKey(scope, id).addToResourcePolicy(deny())))).toThrow(/Stack\/A: the key policy locks[^]*Stack\/B: the key policy locks/);
});
