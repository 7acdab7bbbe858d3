import { everybody, Kind, rulesSay, saidOf, USES } from './holes';
import { Template } from '../../src/template/template';

const PUBLIC = /NotPublic|NotForAnybody/;
type More = Record<string, unknown>;

const [KEY, BUCKET, ...OTHERS] = Object.keys(USES) as Kind[];
let turn = 0;
/** All kinds are asked by one engine: keys and buckets each time, the others in turn. */
const kinds = () => [KEY, BUCKET, OTHERS[turn++ % OTHERS.length]];

/** Kinds of policies for whose everybody a public finding is missing, or is not certain. */
const silentFor = (more: More) => kinds().filter((kind) => !saidOf(kind, [everybody(kind, more)], PUBLIC).some((id) => !id.endsWith('?')));
const loudFor = (more: More) => kinds().filter((kind) => saidOf(kind, [everybody(kind, more)], PUBLIC).length > 0);
const when = (Condition: Record<string, unknown>): More => ({ Condition });

test.each<[string, More]>([
  ['a tag of their own', when({ StringEquals: { 'aws:PrincipalTag/team': 'x' } })],
  ['any tag', when({ StringLike: { 'aws:PrincipalTag/team': '*' } })],
  ['a service that they call first', when({ 'ForAnyValue:StringEquals': { 'aws:CalledVia': 'athena.amazonaws.com' } })],
  ['the first service called', when({ StringEquals: { 'aws:CalledViaFirst': 'athena.amazonaws.com' } })],
  ['an address in a VPC of theirs', when({ IpAddress: { 'aws:VpcSourceIp': '10.0.0.0/8' } })],
  ['an organization o-*', when({ StringLike: { 'aws:PrincipalOrgID': 'o-*' } })],
  ['an organization ?*', when({ StringLike: { 'aws:PrincipalOrgID': '?*' } })],
  ['an organization **', when({ StringLike: { 'aws:PrincipalOrgID': '**' } })],
  ['some organization', when({ Null: { 'aws:PrincipalOrgID': 'false' } })],
  ['an organization or none', when({ Null: { 'aws:PrincipalOrgID': ['true', 'false'] } })],
  ['any path', when({ 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': '*' } })],
  ['any path of any organization', when({ 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-*/r-*/*' } })],
  ['all of no paths', when({ 'ForAllValues:StringLike': { 'aws:PrincipalOrgPaths': 'o-a1b2c3/*' } })],
  ['an organization, for all values of nothing', when({ 'ForAllValues:StringEquals': { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } })],
  ['an organization, if there is one', when({ StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } })],
  ['an account of twelve marks', when({ StringLike: { 'aws:PrincipalAccount': '????????????' } })],
  ['an account that ends in 1', when({ StringLike: { 'aws:PrincipalAccount': '*1' } })],
  ['every account but one', when({ StringNotEquals: { 'aws:PrincipalAccount': '444455556666' } })],
  ['every account but none', when({ StringNotEquals: { 'aws:PrincipalAccount': [] } })],
  ['the account that it is', when({ StringEquals: { 'aws:PrincipalAccount': '${aws:PrincipalAccount}' } })],
  ['the account that it begins with', when({ StringLike: { 'aws:PrincipalAccount': '${aws:PrincipalAccount}*' } })],
  ['an account that a tag says', when({ StringEquals: { 'aws:PrincipalAccount': '${aws:PrincipalTag/account}' } })],
  ['a role in an account that a tag says', when({ ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::${aws:PrincipalTag/account}:role/*' } })],
  ['a tag that says the account', when({ StringEquals: { 'aws:PrincipalTag/account': '${aws:PrincipalAccount}' } })],
  ['the organization that it is', when({ StringEquals: { 'aws:PrincipalOrgID': '${aws:PrincipalOrgID}' } })],
  ['a role by its name', when({ ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/Admin' } })],
  ['a role by the end of its ARN', when({ StringLike: { 'aws:PrincipalArn': '*:role/Admin' } })],
  ['a role of some accounts', when({ ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::1111*:role/Admin' } })],
  ['every role but one', when({ ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::444455556666:role/Bad' } })],
  ['any endpoint', when({ StringLike: { 'aws:SourceVpce': 'vpce-*' } })],
  ['every VPC but one', when({ StringNotEquals: { 'aws:SourceVpc': 'vpc-1' } })],
  ['some VPC', when({ Null: { 'aws:SourceVpc': 'false' } })],
  ['two halves of all addresses', when({ IpAddress: { 'aws:SourceIp': ['0.0.0.0/1', '128.0.0.0/1'] } })],
  ['four quarters', when({ IpAddress: { 'aws:SourceIp': ['0.0.0.0/2', '64.0.0.0/2', '128.0.0.0/2', '192.0.0.0/2'] } })],
  ['all addresses of version 4, as mapped into version 6', when({ IpAddress: { 'aws:SourceIp': '::ffff:0:0/96' } })],
  ['half of them, with the end as an address of version 4', when({ IpAddress: { 'aws:SourceIp': '::FFFF:128.0.0.0/97' } })],
  ['a root user that was assumed', when({ Bool: { 'aws:AssumedRoot': 'true' } })],
  ['a root user that was assumed, or not', when({ Bool: { 'aws:AssumedRoot': ['true', 'false'] } })],
  ['no truth in place of an organization', when({ BoolIfExists: { 'aws:PrincipalOrgID': 'true' } })],
  ['all addresses but a few', when({ NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } })],
  ['all addresses of version 6', when({ IpAddress: { 'aws:SourceIp': ['::/1', '8000::/1'] } })],
  ['addresses, if there are any', when({ IpAddressIfExists: { 'aws:SourceIp': '203.0.113.0/24' } })],
  ['a Region', when({ StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } })],
  ['TLS', when({ Bool: { 'aws:SecureTransport': 'true' } })],
  ['a day that is past', when({ DateGreaterThan: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' } })],
  ['a day to come', when({ DateGreaterThan: { 'aws:CurrentTime': '2099-01-01T00:00:00Z' } })],
  ['a second that is past', when({ NumericGreaterThan: { 'aws:EpochTime': '0' } })],
  ['a header', when({ StringLike: { 'aws:UserAgent': '*secret*' } })],
  ['where a link stands', when({ StringEquals: { 'aws:Referer': 'https://example.com' } })],
  ['a second factor of their own', when({ Bool: { 'aws:MultiFactorAuthPresent': 'true' } })],
  ['the account of what is asked for', when({ StringEquals: { 'aws:ResourceAccount': { Ref: 'AWS::AccountId' } } })],
  ['the organization of what is asked for', when({ StringEquals: { 'aws:ResourceOrgID': 'o-a1b2c3d4e5' } })],
  ['roles, whosever', when({ StringEquals: { 'aws:PrincipalType': 'AssumedRole' } })],
  ['no AWS service', when({ Bool: { 'aws:PrincipalIsAWSService': 'false' } })],
  ['not through a service', when({ Bool: { 'aws:ViaAWSService': 'false' } })],
  ['a name of a session', when({ StringLike: { 'aws:userid': '*:session' } })],
  ['a name of a user', when({ StringEquals: { 'aws:username': 'alice' } })],
  ['a source identity', when({ StringEquals: { 'aws:SourceIdentity': 'alice' } })],
  ['all of no tags', when({ 'ForAllValues:StringEquals': { 'aws:TagKeys': [] } })],
  ['a key in other letters', when({ StringEquals: { 'AWS:PRINCIPALTAG/team': 'x' } })],
  ['a source, if there is one', when({ ArnLikeIfExists: { 'aws:SourceArn': 'arn:aws:sns:eu-west-1:111122223333:t' } })],
  ['every source account but one', when({ StringNotEquals: { 'aws:SourceAccount': '444455556666' } })],
  ['any topic', when({ ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:*:*' } })],
  ['buckets by the end of their name', when({ ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::*-uploads' } })],
  ['a topic by its name', when({ StringLike: { 'aws:SourceArn': 'arn:aws:sns:eu-west-1:*:orders' } })],
  ['two conditions that limit nobody', when({ StringEquals: { 'aws:PrincipalTag/a': 'b' }, Bool: { 'aws:SecureTransport': 'true' } })],
  ['whoever is not of the organization of what is asked for', when({ StringNotEquals: { 'aws:ResourceOrgID': '${aws:PrincipalOrgID}' } })],
  ['the organization of what is asked for, if there is one', when({ StringEqualsIfExists: { 'aws:ResourceOrgID': '${aws:PrincipalOrgID}' } })],
  ['whoever signs in at a provider of everybody\'s', when({ StringEquals: { 'aws:FederatedProvider': 'accounts.google.com' } })],
  ['buckets by the beginning of their name', when({ ArnLike: { 'aws:SourceArn': 'arn:aws:s3:*:*:uploads-*' } })],
  ['alarms whose name has a number in it', when({ StringLike: { 'aws:SourceArn': { 'Fn::Sub': 'arn:aws:cloudwatch:*:${AWS::AccountId}:*' } } })],
  ['whatever a parameter does not name', { ...when({ StringNotEquals: { 'aws:PrincipalOrgID': { Ref: 'Parameter' } } }) }],
  ['an empty condition', when({})],
  ['everybody beside one', { Principal: { AWS: ['arn:aws:iam::444455556666:root', '*'] } }],
  ['a root of any account', { Principal: { AWS: 'arn:aws:iam::*:root' } }],
  ['everybody but one', { NotPrincipal: { AWS: 'arn:aws:iam::444455556666:role/x' } }],
  ['every action but one', { NotAction: 'iam:PassRole' }],
  ['two stars', { Action: '**' }],
])('a policy for %s is public', (_, more) => {
  expect(silentFor(more)).toEqual([]);
});

test.each<[string, More]>([
  ['an organization', when({ StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } })],
  ['a unit of an organization', when({ 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-a1b2c3d4e5/r-ab12/*' } })],
  ['an endpoint', when({ StringEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } })],
  ['addresses of an office', when({ IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } })],
  ['addresses of an office, as mapped into version 6', when({ IpAddress: { 'aws:SourceIp': '::ffff:203.0.113.0/120' } })],
  ['an organization, compared as bytes', when({ BinaryEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } })],
  ['nobody, by an organization that is compared as a truth', when({ Bool: { 'aws:PrincipalOrgID': 'true' } })],
  ['the own account', when({ StringEquals: { 'aws:PrincipalAccount': { Ref: 'AWS::AccountId' } } })],
  ['roles of the own account', when({ ArnLike: { 'aws:PrincipalArn': { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:role/*' } } })],
  ['a tag in an organization', when({ StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5', 'aws:PrincipalTag/a': 'b' } })],
  ['an organization that must be there', when({ StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' }, Null: { 'aws:PrincipalOrgID': 'false' } })],
  ['sessions of a role', when({ StringLike: { 'aws:userid': 'AROAEXAMPLEID1234567:*' } })],
  ['whoever came before a day that is past', when({ DateLessThan: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' } })],
  ['nobody, by an empty list', when({ StringEquals: { 'aws:PrincipalTag/x': [] } })],
  ['nobody, by a truth that is none', when({ Bool: { 'aws:SecureTransport': 'nope' } })],
  ['nobody, by two conditions', when({ StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' }, StringNotEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } })],
  ['the account of what is asked for, by a variable', when({ StringEquals: { 'aws:PrincipalAccount': '${aws:ResourceAccount}' } })],
  ['that its account is the caller\'s', when({ StringEquals: { 'aws:ResourceAccount': '${aws:PrincipalAccount}' } })],
  ['sources in the account of what is asked for', when({ StringEquals: { 'aws:SourceAccount': '${aws:ResourceAccount}' } })],
  ['the organization of what is asked for', when({ StringEquals: { 'aws:PrincipalOrgID': '${aws:ResourceOrgID}' } })],
  ['that its organization is the caller\'s', when({ StringEquals: { 'aws:ResourceOrgID': '${aws:PrincipalOrgID}' } })],
  ['an organization in other letters', when({ StringEqualsIgnoreCase: { 'aws:PrincipalOrgID': 'O-A1B2C3D4E5' } })],
  ['whoever signs in at a provider of the own account', when({ StringEquals: { 'aws:FederatedProvider': { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:oidc-provider/example.com' } } })],
  ['topics of the own account, by a pattern that reaches over colons', when({ StringLike: { 'aws:SourceArn': { 'Fn::Sub': 'arn:aws:sns:*:${AWS::AccountId}:*' } } })],
  ['one bucket, by a pattern for its Region and account', when({ ArnLike: { 'aws:SourceArn': 'arn:aws:s3:*:*:uploads' } })],
  ['one organization, whichever a parameter names', when({ StringEquals: { 'aws:PrincipalOrgID': { Ref: 'Parameter' } } })],
  ['one account, whichever is stored', when({ StringEquals: { 'aws:PrincipalAccount': '{{resolve:ssm:/account}}' } })],
  ['one endpoint, whichever a parameter names', when({ StringEquals: { 'aws:SourceVpce': { Ref: 'Parameter' } } })],
  ['a role of the own account, as a tag says', when({ StringEquals: { 'aws:PrincipalAccount': [{ Ref: 'AWS::AccountId' }] }, StringLike: { 'aws:PrincipalTag/a': '*' } })],
])('a policy for %s is not public', (_, more) => {
  expect(loudFor(more)).toEqual([]);
});

test('an account that is compared as a number is not known', () => {
  expect(saidOf('bucket', [everybody('bucket', when({ NumericLessThan: { 'aws:PrincipalAccount': '500000000000' } }))], PUBLIC)).toEqual(['S3PolicyNotPublic?']);
});

const OWN_ROOT = { AWS: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:root' } };
const OWN_ROOT_ALLOWED = { Effect: 'Allow', Principal: OWN_ROOT, Action: 'kms:*', Resource: '*' };
const deny = (more: More): More => ({ Effect: 'Deny', Principal: '*', Action: 'kms:*', Resource: '*', ...more });
const ROLES = { 'aws:PrincipalArn': 'arn:aws:iam::*:role/*' };

test.each<[string, More[]]>([
  ['the root', [deny({ Principal: OWN_ROOT })]],
  ['every ARN', [deny(when({ StringLike: { 'aws:PrincipalArn': '*' } }))]],
  ['whoever has an ARN', [deny({ Action: 'kms:PutKey*', ...when({ Null: { 'aws:PrincipalArn': 'false' } }) })]],
  ['every action but reading', [deny({ Action: undefined, NotAction: 'kms:D*' })]],
  ['everybody since a day that is past', [deny(when({ DateGreaterThan: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' } }))]],
  ['everybody since a second that is past', [deny(when({ NumericGreaterThan: { 'aws:EpochTime': '1577836800' } }))]],
  ['every account but another one', [deny(when({ StringNotEquals: { 'aws:PrincipalAccount': '999999999999' } }))]],
  ['roles, and whoever is not a role', [deny(when({ ArnLike: ROLES })), deny(when({ ArnNotLike: ROLES }))]],
])('a key that denies %s can never be managed again', (_, statements) => {
  expect(saidOf('key', statements, /StaysManageable/)).toEqual(['KmsKeyStaysManageable']);
});

const managedIn = (region: string | undefined, ...statements: More[]) =>
  rulesSay(/StaysManageable/, new Template({ Resources: { K: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: { Statement: [OWN_ROOT_ALLOWED, ...statements] } } } } }, { region }));
const LOCKED = 'KmsKeyStaysManageable';

test.each<[string, More, string[][]]>([
  ['every Region but one', when({ StringNotEquals: { 'aws:RequestedRegion': 'us-east-1' } }), [[LOCKED], [], [`${LOCKED}?`]]],
  ['one Region', when({ StringEquals: { 'aws:RequestedRegion': 'us-east-1' } }), [[], [LOCKED], [`${LOCKED}?`]]],
  ['Regions by a pattern', when({ StringLike: { 'aws:RequestedRegion': 'us-*' } }), [[], [LOCKED], [`${LOCKED}?`]]],
  ['its own Region', when({ StringEquals: { 'aws:RequestedRegion': { Ref: 'AWS::Region' } } }), [[LOCKED], [LOCKED], [LOCKED]]],
  ['every Region but its own', when({ StringNotEquals: { 'aws:RequestedRegion': { Ref: 'AWS::Region' } } }), [[], [], []]],
])('a key that denies %s can never be managed again if it is denied its own Region, which may not be known', (_, more, expected) => {
  expect(['eu-west-1', 'us-east-1', undefined].map((region) => managedIn(region, deny(more)))).toEqual(expected);
});

test.each<[string, More[], string[]]>([
  ['by its manager through S3 only', [{ ...OWN_ROOT_ALLOWED, ...when({ StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } }) }], [LOCKED]],
  ['by its manager through any service', [{ ...OWN_ROOT_ALLOWED, ...when({ StringLike: { 'kms:ViaService': '*' } }) }], [LOCKED]],
  ['through CloudFormation', [{ ...OWN_ROOT_ALLOWED, ...when({ 'ForAnyValue:StringEquals': { 'aws:CalledVia': 'cloudformation.amazonaws.com' } }) }], []],
  ['but not through S3', [OWN_ROOT_ALLOWED, deny(when({ StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } }))], []],
  ['but not directly', [OWN_ROOT_ALLOWED, deny(when({ Null: { 'kms:ViaService': 'true' } }))], [LOCKED]],
])('a key that may be managed %s: no service changes a policy for others, and CloudFormation is not named by kms:ViaService', (_, Statement, expected) => {
  expect(rulesSay(/StaysManageable/, new Template({ Resources: { K: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: { Statement } } } } }))).toEqual(expected);
});

test('a key that denies other accounts stays manageable', () => {
  expect(saidOf('key', [deny(when({ StringNotEquals: { 'aws:PrincipalAccount': { Ref: 'AWS::AccountId' } } }))], /StaysManageable/)).toEqual([]);
});

test.each<[string, Kind, string]>([
  ['kms:*', 'key', 'KmsKeyOtherAccountUsesOnly'], ['k?s:*', 'key', 'KmsKeyOtherAccountUsesOnly'], ['KMS:CREATEGRANT', 'key', 'KmsKeyOtherAccountUsesOnly'],
  ['s3:*', 'bucket', 'S3PolicyOtherAccountUsesOnly'], ['sqs:*', 'queue', 'SqsPolicyOtherAccountUsesOnly'], ['sns:*', 'topic', 'SnsTopicOtherAccountUsesOnly'],
  ['secretsmanager:*', 'secret', 'SecretsManagerSecretOtherAccountUsesOnly'], ['dynamodb:*', 'table', 'DynamoDbTableOtherAccountUsesOnly'],
])('%s for another account, or for an organization, is more than use of a %s', (Action, kind, id) => {
  const Resource = kind === 'bucket' ? ['arn:aws:s3:::orders', 'arn:aws:s3:::orders/*'] : '*';
  const account = { Effect: 'Allow', Principal: { AWS: '999999999999' }, Action, Resource };
  const organization = { ...account, Principal: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } };
  expect([account, organization].map((statement) => saidOf(kind, [statement], /UsesOnly/))).toEqual([[id], [id]]);
});

const folder = (Resource: unknown, more: More = {}) => everybody('bucket', { Resource, ...more });

test.each<[string, More[]]>([
  ['a folder for each user', [folder('arn:aws:s3:::orders/home/${aws:username}/*')]],
  ['a folder for each account', [folder('arn:aws:s3:::orders/${aws:PrincipalAccount}/*')]],
  ['a folder for each organization', [folder('arn:aws:s3:::orders/${aws:PrincipalOrgID}/*')]],
  ['a folder for each session', [folder('arn:aws:s3:::orders/${aws:userid}/*')]],
  ['a folder for each tag, and one for all others', [folder("arn:aws:s3:::orders/${aws:PrincipalTag/team, 'others'}/*")]],
  ['a name with a star in it', [folder('arn:aws:s3:::orders/${*}')]],
  ['all objects, of which a Deny leaves a folder', [folder('arn:aws:s3:::orders/*'), { Effect: 'Deny', Principal: '*', Action: 's3:*', NotResource: 'arn:aws:s3:::orders/open/*' }]],
  ['all objects, of which a Deny leaves the own folder', [folder('arn:aws:s3:::orders/*'), { Effect: 'Deny', Principal: '*', Action: 's3:*', NotResource: 'arn:aws:s3:::orders/${aws:username}/*' }]],
  ['all objects, of which a Deny takes the own folder', [folder('arn:aws:s3:::orders/*'), { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: 'arn:aws:s3:::orders/${aws:username}/*' }]],
])('a bucket policy for everybody with %s is public', (_, statements) => {
  expect(saidOf('bucket', statements, PUBLIC)).toEqual(['S3PolicyNotPublic']);
});

test.each<[string, More[]]>([
  ['a folder for each account of an organization', [folder('arn:aws:s3:::orders/${aws:PrincipalAccount}/*', when({ StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }))]],
  ['a folder for each user of the own account', [folder('arn:aws:s3:::orders/${aws:username}/*', { Principal: OWN_ROOT })]],
  ['all objects, but for everybody\'s and others', [folder('arn:aws:s3:::orders/${aws:username}/*'), { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: 'arn:aws:s3:::orders/${aws:username}/*' }]],
])('a bucket policy with %s is not public', (_, statements) => {
  expect(saidOf('bucket', statements, PUBLIC)).toEqual([]);
});

test('a pattern for what a service encrypts in the own account is as AWS writes it, and not for strangers', () => {
  const trails = (account: string) => ({ StringLike: { 'kms:EncryptionContext:aws:cloudtrail:arn': { 'Fn::Sub': `arn:aws:cloudtrail:*:${account}:trail/*` } } });
  const encrypt = (account: string) => ({ Effect: 'Allow', Principal: { Service: 'cloudtrail.amazonaws.com' }, Action: 'kms:GenerateDataKey*', Resource: '*', Condition: trails(account) });
  expect(['${AWS::AccountId}', '*'].map((account) => saidOf('key', [encrypt(account)], /ServiceSource/))).toEqual([[], ['KmsKeyServiceSource']]);
});

const delivers = (Resource: unknown, more: More = {}) => ({ Effect: 'Allow', Principal: { Service: 'delivery.logs.amazonaws.com' }, Action: 's3:PutObject', Resource, ...more });

test.each<[string, More, string[]]>([
  ['of whoever uses the service, by a variable', delivers('arn:aws:s3:::orders/AWSLogs/${aws:SourceAccount}/*'), ['S3PolicyServiceSource']],
  ['of everybody', delivers('arn:aws:s3:::orders/AWSLogs/*'), ['S3PolicyServiceSource']],
  ['of whoever uses the service, in an organization', delivers('arn:aws:s3:::orders/AWSLogs/${aws:SourceAccount}/*', when({ StringEquals: { 'aws:SourceOrgID': 'o-a1b2c3d4e5' } })), []],
  ['of the own account', delivers({ 'Fn::Sub': 'arn:aws:s3:::orders/AWSLogs/${AWS::AccountId}/*' }), []],
  ['of an account that it names', delivers('arn:aws:s3:::orders/AWSLogs/999999999999/*'), []],
])('a service that delivers logs %s', (_, statement, expected) => {
  expect(saidOf('bucket', [statement], /ServiceSource/)).toEqual(expected);
});

const denyHttp = (more: More) => ({ Effect: 'Deny', Principal: '*', Action: ['s3:*', 'sqs:*'], Condition: { Bool: { 'aws:SecureTransport': 'false' } }, ...more });

test.each<[string, Kind, More, string[]]>([
  ['another bucket', 'bucket', { NotResource: ['arn:aws:s3:::payments', 'arn:aws:s3:::payments/*'] }, []],
  ['the bucket', 'bucket', { NotResource: 'arn:aws:s3:::orders' }, ['S3BucketTlsOnly']],
  ['its objects', 'bucket', { NotResource: 'arn:aws:s3:::orders/*' }, ['S3BucketTlsOnly']],
  ['a folder of it', 'bucket', { NotResource: 'arn:aws:s3:::*/public/*' }, ['S3BucketTlsOnly']],
  ['a bucket that a parameter names', 'bucket', { NotResource: { 'Fn::Sub': 'arn:aws:s3:::${Parameter}' } }, ['S3BucketTlsOnly?']],
  ['another queue', 'queue', { NotResource: 'arn:aws:sqs:eu-west-1:111122223333:other' }, []],
  ['all queues', 'queue', { NotResource: 'arn:aws:sqs:*:*:*' }, ['SqsQueueTlsOnly']],
])('a Deny of plain HTTP that leaves out %s (NotResource)', (_, kind, more, expected) => {
  expect(saidOf(kind, [denyHttp(more)], /TlsOnly/)).toEqual(expected);
});

test.each(['arn:aws:iam:444455556666:user/alice', 'arn:aws:lambda:eu-west-1:444455556666:function:f', 'alice', '44445555666'])('%s is not a principal that AWS takes', (AWS) => {
  expect((['key', 'bucket'] as const).flatMap((kind) => saidOf(kind, [everybody(kind, { Principal: { AWS } })], /HasEffect/))).toEqual(['KmsKeyOtherAccountHasEffect', 'S3PolicyOtherAccountHasEffect']);
});

test('a key policy for a canonical user is refused by KMS; one of a bucket is not', () => {
  const CanonicalUser = '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be';
  expect((['key', 'bucket'] as const).map((kind) => saidOf(kind, [everybody(kind, { Principal: { CanonicalUser } })], /HasEffect/))).toEqual([['KmsKeyOtherAccountHasEffect'], []]);
});

test.each<[string, More, string[]]>([
  ['a topic of another account', when({ ArnEquals: { 'aws:SourceArn': 'arn:aws:sns:eu-west-1:444455556666:orders' } }), ['SqsPolicyOtherAccount']],
  ['services for an organization', when({ StringEquals: { 'aws:SourceOrgID': 'o-a1b2c3d4e5' } }), ['SqsPolicyOtherAccount']],
  ['a topic of the own account', when({ ArnEquals: { 'aws:SourceArn': { 'Fn::Sub': 'arn:aws:sns:eu-west-1:${AWS::AccountId}:orders' } } }), []],
])('a queue policy for everybody, limited to %s', (_, more, expected) => {
  expect(saidOf('queue', [everybody('queue', more)], /OtherAccount$|NotPublic/)).toEqual(expected);
});

test('a path of an organization is one of its accounts: kms:* is more than use', () => {
  const of = (Condition: More) => saidOf('key', [{ Effect: 'Allow', Principal: '*', Action: 'kms:*', Resource: '*', Condition }], /UsesOnly/);
  expect(of({ 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*' } })).toEqual(['KmsKeyOtherAccountUsesOnly']);
});

test('which organization a parameter names is not known, so it is not known either whether it is trusted', () => {
  const of = (operator: string) => saidOf('key', [everybody('key', when({ [operator]: { 'aws:PrincipalOrgID': { Ref: 'Parameter' } } }))], /NotForAnybody|OtherAccount$/);
  expect([of('StringEquals'), of('StringLike')]).toEqual([['KmsKeyOtherAccount?'], ['KmsKeyNotForAnybody?', 'KmsKeyOtherAccount?']]);
});

test.each(['kms:*', 'KMS:*', 'k*', 'kms:**', '?ms:?*'])('%s is every action of a key, however it is written', (Action) => {
  const role = { Effect: 'Allow', Principal: { AWS: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:role/app' } }, Resource: '*' };
  expect([Action, 'kms:Re*'].map((each) => saidOf('key', [{ ...role, Action: each }], /FullAccess/))).toEqual([['KmsKeyFullAccessRootOnly'], []]);
});

test('what everybody of the account may do through a service is not done by another service, as in the policy that CloudTrail writes', () => {
  const encrypt = { Effect: 'Allow', Principal: { Service: 'cloudtrail.amazonaws.com' }, Action: 'kms:DescribeKey', Resource: '*' };
  const throughEc2 = { StringEquals: { 'kms:CallerAccount': { Ref: 'AWS::AccountId' }, 'kms:ViaService': 'ec2.us-east-1.amazonaws.com' } };
  const makeAlias = (Principal: More) => ({ Effect: 'Allow', Principal, Action: 'kms:CreateAlias', Resource: '*', Condition: throughEc2 });
  const said = ([{ AWS: '*' }, { Service: 'cloudtrail.amazonaws.com' }] as More[]).map((principal) => saidOf('key', [encrypt, makeAlias(principal)], /ServiceUsesOnly/));
  expect(said).toEqual([[], ['KmsKeyServiceUsesOnly']]);
});

test.each<[string, string, Record<string, unknown>]>([
  ['a service', 'SqsPolicyServiceSource', { Principal: { Service: { 'Fn::Sub': 's${Parameter}' } } }],
  ['an account', 'SqsPolicyOtherAccount', {
    Principal: { Service: 'sns.amazonaws.com' }, Condition: { StringEquals: { 'aws:SourceAccount': { 'Fn::Sub': '4${Parameter}' } } },
  }],
])('%s whose name is known in part may be any that begins so', (_, rule, statement) => {
  const [Action, Resource] = USES.queue;
  expect(saidOf('queue', [{ Effect: 'Allow', Action, Resource, ...statement }])).toContain(`${rule}?`);
});
