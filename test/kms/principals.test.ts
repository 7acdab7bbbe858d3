import { App, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { AsymmetricEncryptionKey, EncryptionKey, EncryptionKeyProps, KeyAgreementKey, MacKey, MultiRegionKey, ReplicaKey, ServiceAccess, SigningKey } from '../../src';
import { ENV, stack } from '../support/stack';

const ADMIN = new iam.ArnPrincipal('arn:aws:iam::111122223333:role/KeyAdmin');
const under = (operator: string, key: string, value: unknown, who: iam.IPrincipal = new iam.AnyPrincipal()) =>
  new iam.PrincipalWithConditions(who, { [operator]: { [key]: value } });

/** Principals that limit nobody, each as somebody would write it. */
const EVERYBODY: Record<string, iam.IPrincipal> = {
  'everybody': new iam.AnyPrincipal(),
  'the star': new iam.StarPrincipal(),
  'the star as an ARN': new iam.ArnPrincipal('*'),
  'the root of every account': new iam.AccountPrincipal('*'),
  'every role of every account': new iam.ArnPrincipal('arn:aws:iam::*:role/*'),
  'everybody in a composite': new iam.CompositePrincipal(ADMIN, new iam.AnyPrincipal()),
  'a condition in a composite': new iam.CompositePrincipal(ADMIN, under('StringLike', 'aws:PrincipalOrgID', '*')),
  'everybody with session tags': new iam.AnyPrincipal().withSessionTags(),
  'a tag of the caller': under('StringEquals', 'aws:PrincipalTag/team', 'orders'),
  'a service on the way': under('ForAnyValue:StringEquals', 'aws:CalledVia', 'athena.amazonaws.com'),
  'an address inside of a VPC': under('IpAddress', 'aws:VpcSourceIp', '10.0.0.0/8'),
  'an organization by a pattern': under('StringLike', 'aws:PrincipalOrgID', 'o-*'),
  'an organization of any length': under('StringLike', 'aws:PrincipalOrgID', '?*'),
  'two stars': under('StringLike', 'aws:PrincipalOrgID', '**'),
  'an account by twelve places': under('StringLike', 'kms:CallerAccount', '????????????'),
  'a role name in any account': under('ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/Admin'),
  'any VPC endpoint': under('StringLike', 'aws:SourceVpce', 'vpce-*'),
  'two halves of all addresses': under('IpAddress', 'aws:SourceIp', ['0.0.0.0/1', '128.0.0.0/1']),
  'an account that is its own': under('StringEquals', 'aws:PrincipalAccount', '${aws:PrincipalAccount}'),
  'a grant for an AWS resource': under('Bool', 'kms:GrantIsForAWSResource', 'true'),
  'an account whose condition is left out of the request': under('StringEqualsIfExists', 'aws:SourceVpce', 'vpce-1a2b3c4d'),
  'everybody but one': under('StringNotEquals', 'aws:PrincipalAccount', '999999999999'),
};

test.each(Object.entries(EVERYBODY))('%s cannot be a user of a key: the error says who could decrypt', (_, user) => {
  expect(() => new EncryptionKey(stack(ENV), 'Key', { users: [user] }))
    .toThrow(/^Stack\/Key: 'users' cannot have (\{"AWS":"[^"]+"\}|"\*").*: any role of any account may call kms:(Decrypt|CreateGrant).*\. Name the roles.* \[KeyUserIsEverybody\]$/);
});

test.each(Object.entries(EVERYBODY).filter(([name]) => !/condition|composite/.test(name)))('%s cannot be granted a key', (_, grantee) => {
  const key = new EncryptionKey(stack(ENV), 'Key');
  if (grantee.policyFragment.conditions.Bool) { return; }
  expect(() => key.grantDecrypt(grantee)).toThrow(/^Stack\/Key: the grantee cannot have .*may call kms:Decrypt.* \[GranteeIsEverybody\]$/);
});

test('who signs in at a provider cannot be granted a key', () => {
  const key = new EncryptionKey(stack(ENV), 'Key');
  expect(() => key.grantDecrypt(new iam.FederatedPrincipal('accounts.google.com', {}))).toThrow(/^Stack\/Key: the grantee cannot have .*only in the trust policies of roles.* \[GranteeIsNobody\]$/);
});

const Keys: Array<[string, (scope: Stack, props: EncryptionKeyProps) => unknown]> = [
  ['EncryptionKey', (scope, props) => new EncryptionKey(scope, 'Key', props)],
  ['MultiRegionKey', (scope, props) => new MultiRegionKey(scope, 'Key', { ...props, replicaRegions: ['eu-west-1'] })],
  ['ReplicaKey', (scope, props) => new ReplicaKey(scope, 'Key', { ...props, primaryKeyArn: 'arn:aws:kms:us-west-2:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab' })],
  ['AsymmetricEncryptionKey', (scope, props) => new AsymmetricEncryptionKey(scope, 'Key', props)],
  ['SigningKey', (scope, props) => new SigningKey(scope, 'Key', props)],
  ['MacKey', (scope, props) => new MacKey(scope, 'Key', props)],
  ['KeyAgreementKey', (scope, props) => new KeyAgreementKey(scope, 'Key', props)],
];

describe.each(Keys)('%s', (_, make) => {
  const refused: Array<[string, EncryptionKeyProps, RegExp]> = [
    ['everybody as user', { users: [under('StringLike', 'aws:PrincipalOrgID', 'o-*')] }, /'users' cannot have \{"AWS":"\*"\} under \{"StringLike":\{"aws:PrincipalOrgID":"o-\*"\}\}: any role of any account/],
    ['every role as administrator', { administrators: [new iam.ArnPrincipal('arn:aws:iam::*:role/*')] }, /'administrators' cannot have .*any role of any account may call kms:\w+/],
    ['every account as administrator', { administrators: [new iam.AccountPrincipal('*')] }, /'administrators' cannot have .*KeyAdministratorIsEverybody/],
    ['a foreign account as administrator', { administrators: [new iam.AccountPrincipal('999999999999')] },
      /'administrators' cannot have 999999999999: the key is in account 111122223333, and KMS allows no principal of another account to change a key/],
    ['a foreign account that alone would manage it', { trustAccountIdentities: false, administrators: [new iam.ArnPrincipal('arn:aws:iam::999999999999:role/Admin')] }, /KeyAdministratorInOtherAccount/],
    ['every role as creator of grants', { grantCreators: [new iam.ArnPrincipal('arn:aws:iam::*:role/*')] },
      /'grantCreators' cannot have "arn:aws:iam::\*:role\/\*": whoever it matches is excepted from DenyGrantsUnlessForAwsResources, so any role of the own account may call kms:CreateGrant/],
    ['every role of the account as creator of grants', { grantCreators: [new iam.ArnPrincipal('arn:aws:iam::111122223333:role/*')] }, /GrantCreatorIsEverybody/],
    ['every role of another account as creator of grants', { grantCreators: [new iam.ArnPrincipal('arn:aws:iam::999999999999:role/*')] }, /GrantCreatorIsEverybody/],
    ['an account as creator of grants, whose ARN in aws:PrincipalArn is its root user', { grantCreators: [new iam.AccountPrincipal('111122223333')] }, /'grantCreators' cannot have .*111122223333:root.* \[GrantCreatorIsAccount\]/],
    ['a creator of grants with a condition that could not count', { grantCreators: [under('StringEquals', 'aws:PrincipalTag/team', 'orders', ADMIN)] },
      /'grantCreators' cannot have .* under \{"StringEquals":\{"aws:PrincipalTag\/team":"orders"\}\}: .* \[GrantCreatorHasConditions\]/],
    ['a canonical user as user, whom KMS does not take', { users: [new iam.CanonicalUserPrincipal('79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be')] },
      /it allows nobody, because KMS takes no canonical user IDs.* \[KeyUserIsNobody\]/],
    ['every role as break glass', { breakGlassPrincipals: [new iam.ArnPrincipal('arn:aws:iam::*:role/*')] }, /'breakGlassPrincipals' cannot have "arn:aws:iam::\*:role\/\*".*kms:DeleteImportedKeyMaterial/],
    ['a service as user', { users: [new iam.ServicePrincipal('ec2.amazonaws.com')] }, /'users' cannot have \{"Service":"ec2.amazonaws.com"\}: ec2.amazonaws.com, for whoever uses it, may call .*services/],
    ['a pattern of role names as user, which IAM does not take', { users: [new iam.ArnPrincipal('arn:aws:iam::111122223333:role/app-*')] }, /it allows nobody.*KeyUserIsNobody/],
    ['who signs in at a provider, which only a role can trust', { users: [new iam.WebIdentityPrincipal('cognito-identity.amazonaws.com')] },
      /'users' cannot have \{"Federated":"cognito-identity.amazonaws.com"\}: it allows nobody, because AWS takes federated principals only in the trust policies of roles\..* \[KeyUserIsNobody\]/],
  ];

  test.each(refused)('refuses %s', (__, props, message) => {
    expect(() => make(stack(ENV), props)).toThrow(message);
    expect(() => make(stack(ENV), props)).toThrow(/^Stack\/Key: .*\w\. [A-Z].* \[\w+\]$/);
  });
});

test('principals that are limited stay allowed', () => {
  const scope = stack(ENV);
  const role = new iam.Role(scope, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  const elsewhere = new iam.Role(stack(ENV, 'Other', scope.node.root as App), 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'), roleName: 'other' });
  const users: iam.IPrincipal[] = [
    role, elsewhere, ADMIN, new iam.AccountPrincipal('444455556666'), new iam.OrganizationPrincipal('o-a1b2c3d4e5'), new iam.AccountRootPrincipal(),
    new iam.CompositePrincipal(ADMIN, new iam.AccountPrincipal('444455556666')),
    under('StringEquals', 'aws:SourceVpce', 'vpce-1a2b3c4d'), under('ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::111122223333:role/app-*'),
    under('StringEquals', 'aws:PrincipalTag/team', 'orders', new iam.AccountPrincipal('444455556666')),
  ];
  expect(() => new EncryptionKey(scope, 'Key', { users, administrators: [role, ADMIN, new iam.AccountRootPrincipal()] })).not.toThrow();
});

test('a composite of principals with conditions becomes one statement each', () => {
  const scope = stack(ENV);
  new EncryptionKey(scope, 'Key', { users: [new iam.CompositePrincipal(ADMIN, new iam.OrganizationPrincipal('o-a1b2c3d4e5'))] });
  const statements: Array<{ Sid: string }> = scope.resolve((scope.node.findChild('Key').node.defaultChild as unknown as { keyPolicy: unknown }).keyPolicy).Statement;
  expect(statements.map(({ Sid }) => Sid)).toEqual(expect.arrayContaining(['KeyUsers', 'KeyUsers2']));
});

test('certain roles by a pattern of their names may create grants, as the roles of IAM Identity Center', () => {
  const sso = 'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_Admin_*';
  expect(() => new EncryptionKey(stack(ENV), 'Key', { grantCreators: [new iam.ArnPrincipal(sso), ADMIN, new iam.AccountRootPrincipal()] })).not.toThrow();
});

test('a service that acts for any source is refused, by prop and by method', () => {
  const anybody = {
    statements: () => [new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal('sns.amazonaws.com')],
      actions: ['kms:Decrypt'],
      resources: ['*'],
      conditions: { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:*:*' } },
    })],
  } as unknown as ServiceAccess;
  const message = /'services' cannot have \{"Service":"sns.amazonaws.com"\} under .*: sns.amazonaws.com, for whoever uses it, may call kms:Decrypt.* \[ServiceActsForEverybody\]/;
  expect(() => new EncryptionKey(stack(ENV), 'Key', { services: [anybody] })).toThrow(message);
  expect(() => new EncryptionKey(stack(ENV), 'Key').addServiceAccess(anybody)).toThrow(message);
});
