import { couldAnybody } from '../../src/policy/could-anybody';
import { decide } from '../../src/policy/decide';
import { HOLE } from '../../src/policy/glob';
import { normalize } from '../../src/policy/normal-form';
import type { Question } from '../../src/policy/question';
import { everybodyIn, principalWho, STRANGERS } from '../../src/policy/who';

const OWN = '111122223333';
const KEY = `arn:aws:kms:eu-west-1:${OWN}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const ROOT = { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${OWN}:root` }, Action: 'kms:*', Resource: '*' };

function ask(statements: object[], question: Partial<Question> = {}) {
  const policies = { resource: normalize({ Statement: statements }), isKey: true };
  return couldAnybody({ who: STRANGERS, actions: ['kms:Decrypt'], resources: [KEY], account: OWN, identity: 'everything', ...question }, policies);
}

const star = (Condition?: object, more: object = {}) => [ROOT, { Sid: 'Star', Effect: 'Allow', Principal: '*', Action: 'kms:Decrypt', Resource: '*', ...(Condition ? { Condition } : {}), ...more }];

describe('a condition limits strangers', () => {
  test.each<[string, object]>([
    ['the own account', { StringEquals: { 'aws:PrincipalAccount': OWN } }],
    ['the caller\'s account, as KMS sees it', { StringEquals: { 'kms:CallerAccount': OWN } }],
    ['one organization', { StringEquals: { 'aws:PrincipalOrgID': 'o-abc1234567' } }],
    ['a part of one organization', { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-abc1234567/*' } }],
    ['roles of one account', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::222233334444:role/*' } }],
    ['one VPC endpoint', { StringEquals: { 'aws:SourceVpce': 'vpce-0a1b2c3d' } }],
    ['an office\'s addresses', { IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '198.51.100.7'] } }],
    ['private addresses, in which no stranger comes', { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }],
    ['one topic', { ArnEquals: { 'aws:SourceArn': 'arn:aws:sns:eu-west-1:111122223333:alarms' } }],
    ['topics of one account', { ArnLike: { 'aws:SourceArn': `arn:aws:sns:*:${OWN}:*` } }],
    ['sessions of one role', { StringLike: { 'aws:userid': 'AROAEXAMPLEID:*' } }],
    ['two that exclude each other', { StringEquals: { 'aws:PrincipalTag/a': 'x' }, StringNotEquals: { 'aws:PrincipalTag/a': 'x' } }],
    ['an empty list', { StringEquals: { 'aws:PrincipalTag/a': [] } }],
  ])('%s', (_, condition) => { expect(ask(star(condition)).answer).toBe('no'); });
});

describe('a condition limits nobody', () => {
  test.each<[string, object]>([
    ['a tag', { StringEquals: { 'aws:PrincipalTag/team': 'data' } }],
    ['the service that was called first', { 'ForAnyValue:StringEquals': { 'aws:CalledVia': 'athena.amazonaws.com' } }],
    ['addresses in a VPC', { IpAddress: { 'aws:VpcSourceIp': '10.0.0.0/16' } }],
    ['two stars', { StringLike: { 'aws:PrincipalOrgID': '**' } }],
    ['o-*', { StringLike: { 'aws:PrincipalOrgID': 'o-*' } }],
    ['twelve question marks', { StringLike: { 'kms:CallerAccount': '????????????' } }],
    ['a role name in any account', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/Admin' } }],
    ['any endpoint', { StringLike: { 'aws:SourceVpce': 'vpce-*' } }],
    ['both halves of all addresses', { IpAddress: { 'aws:SourceIp': ['0.0.0.0/1', '128.0.0.0/1'] } }],
    ['a thousand blocks that add up', { IpAddress: { 'aws:SourceIp': Array.from({ length: 256 }, (_each, n) => `11.${n}.0.0/16`).concat('12.0.0.0/16') } }],
    ['a variable that is itself', { StringEquals: { 'aws:PrincipalAccount': '${aws:PrincipalAccount}' } }],
    ['a variable that a stranger sets', { StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } }],
    ['grants for AWS resources', { Bool: { 'kms:GrantIsForAWSResource': 'true' } }],
    ['any bucket', { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::*' } }],
    ['IfExists', { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-abc1234567' } }],
    ['ForAllValues', { 'ForAllValues:StringEquals': { 'aws:PrincipalOrgPaths': 'o-abc1234567/r-1/' } }],
    ['everybody but one account', { StringNotEquals: { 'aws:PrincipalAccount': '222233334444' } }],
    ['any organization', { Null: { 'aws:PrincipalOrgID': 'false' } }],
    ['the key\'s own account', { StringEquals: { 'aws:ResourceAccount': OWN } }],
    ['the name of a session', { StringLike: { 'aws:userid': '*:admin' } }],
  ])('%s', (_, condition) => {
    const action = 'kms:GrantIsForAWSResource' in Object.values(condition)[0] ? 'kms:CreateGrant' : 'kms:Decrypt';
    const statements = star(condition, { Action: action });
    const answer = ask(statements, { actions: [action] });
    expect(answer.answer).toBe('yes');
    // What is found is a request: asked about it alone, the policies allow it.
    if (answer.answer !== 'yes') { throw new Error(); }
    const everything = normalize({ Statement: { Effect: 'Allow', Action: '*', Resource: '*' } });
    expect(decide(answer.witness, { resource: normalize({ Statement: statements }), identity: everything, isKey: true }).verdict).toBe('allowed');
  });
});

test('a Deny without a condition stops everybody, and is the reason', () => {
  const answer = ask([...star(), { Sid: 'No', Effect: 'Deny', Principal: '*', Action: 'kms:De*', Resource: '*' }]);
  expect(answer).toMatchObject({ answer: 'no', reason: 'statement No denies it' });
});

test('a Deny that only plain HTTP meets stops nobody', () => {
  expect(ask([...star(), { Effect: 'Deny', Principal: '*', Action: 'kms:*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }]).answer).toBe('yes');
});

test('two Denies that leave no way between them stop everybody', () => {
  const deny = (operator: string) => ({ Effect: 'Deny', Principal: '*', Action: 'kms:*', Resource: '*', Condition: { [operator]: { 'aws:PrincipalOrgID': 'o-abc1234567' } } });
  expect(ask([...star(), deny('StringEquals'), deny('StringNotEquals')]).answer).toBe('no');
});

test.each([
  ['a principal', { Principal: { AWS: HOLE } }], ['an effect', { Effect: HOLE }], ['an action', { Principal: '*', Action: HOLE }],
  ['a condition value', { Principal: '*', Condition: { StringLike: { 'aws:PrincipalOrgID': HOLE } } }],
])('%s that is not known makes the answer unknown', (_, change) => {
  expect(ask([ROOT, { Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*', Principal: '*', ...change }]).answer).toBe('unknown');
});

test('a key that no table has is unknown, and not a limit', () => {
  expect(ask(star({ StringEquals: { 'aws:InventedKey': 'x' } }))).toMatchObject({ answer: 'unknown', reason: expect.stringContaining('aws:inventedkey') });
});

test('an account whose name is not known all the same is a role of the own account where its number is', () => {
  expect(ask([ROOT, { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${OWN}:role/${HOLE}` }, Action: 'kms:Decrypt', Resource: '*' }]).answer).toBe('no');
});

test('a key policy that leaves it to the account is not enough for a role alone', () => {
  const role = { who: [principalWho(`arn:aws:iam::${OWN}:role/app`)], identity: 'nothing' } as const;
  expect(ask([ROOT], role).answer).toBe('no');
  expect(ask([ROOT, { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${OWN}:role/app` }, Action: 'kms:Decrypt', Resource: '*' }], role).answer).toBe('yes');
});

test('what one policy allows and another does not is told by a request', () => {
  const narrow = { resource: normalize({ Statement: star({ StringEquals: { 'aws:PrincipalTag/team': 'data' } }) }), isKey: true };
  expect(ask(star(), { notBy: narrow }).answer).toBe('yes');
  expect(ask(star({ StringEquals: { 'aws:PrincipalTag/team': 'data' } }), { notBy: { resource: normalize({ Statement: star() }), isKey: true } }).answer).toBe('no');
});

test('everybody of an account is asked with any name', () => {
  const answer = ask([ROOT, { Effect: 'Deny', Principal: '*', NotAction: 'kms:Describe*', Resource: '*', Condition: { ArnNotLike: { 'aws:PrincipalArn': `arn:aws:iam::${OWN}:role/ops-*` } } }],
    { who: everybodyIn(OWN), actions: ['kms:PutKeyPolicy'] });
  expect(answer).toMatchObject({ answer: 'yes', witness: { caller: { arn: expect.stringMatching(/:role\/ops-/) } } });
});
