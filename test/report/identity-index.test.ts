import { parseYaml } from '../../src/cli/parse-yaml';
import { Estate } from '../../src/flows/estate';
import { guardedKey } from '../../src/kms/guarded-key';
import { CAPABILITIES } from '../../src/report/access';
import { allowedFor } from '../../src/report/allowed-for';
import { identitiesIn } from '../../src/report/identities';
import { IdentityIndex } from '../../src/report/identity-index';
import { link, Member } from '../../src/template/assembly';
import type { Json } from '../../src/template/values';

const allow = (rest: string) => `{Effect: Allow, Action: 'kms:Decrypt', ${rest}}`;
const ROLES: Readonly<Record<string, string>> = {
  ItsKey: allow('Resource: !GetAtt Key.Arn'),
  OtherKey: allow('Resource: !GetAtt Other.Arn'),
  EveryKey: allow('Resource: "*"'),
  KeysOfAccount: allow('Resource: !Sub "arn:aws:kms:*:${AWS::AccountId}:key/*"'),
  AllButOther: allow('NotResource: !GetAtt Other.Arn'),
  KeyOfParameter: allow('Resource: !Ref Given'),
  AllButReading: '{Effect: Allow, NotAction: "s3:GetObject", Resource: "*"}',
  NoKey: '{Effect: Allow, Action: "s3:GetObject", Resource: "*"}',
  Denied: '{Effect: Deny, Action: "kms:*", Resource: "*"}',
  InKeyPolicy: '{Effect: Allow, Action: "s3:GetObject", Resource: "*"}',
};
const role = (name: string, statement: string) => `
  ${name}:
    Type: AWS::IAM::Role
    Properties: {RoleName: ${name}, Policies: [{PolicyName: p, PolicyDocument: {Statement: [${statement}]}}]}`;
const ROOT = '{Effect: Allow, Principal: {AWS: !Sub "arn:aws:iam::${AWS::AccountId}:root"}, Action: "kms:*", Resource: "*"}';

/** The roles that are looked at for a key, and those of all that have access to it. */
function rolesFor(keyPolicy: string) {
  const text = `Parameters:\n  Given: {Type: String}\nResources:\n  Key: {Type: AWS::KMS::Key, Properties: {KeyPolicy: {Statement: [${keyPolicy}]}}}\n  Other: {Type: AWS::KMS::Key}`;
  const member: Member = { account: '111122223333', region: 'eu-west-1', json: parseYaml(text + Object.entries(ROLES).map(([name, each]) => role(name, each)).join(''), 'test').json as Json };
  const template = link([member]).get(member)!;
  const identities = identitiesIn(new Estate([template]));
  const key = guardedKey(template.resource('Key')!)!;
  const actions = CAPABILITIES.decrypt;
  const wanted = { actions, resource: key.resources[0], account: key.account, policy: key.statements, isKey: true, given: new Map(), nameOf: () => '' };
  const names = (some: typeof identities) => some.map(({ resource }) => resource.logicalId);
  return {
    lookedAt: names([...new IdentityIndex(identities).concerned(actions, key.resources[0], key.statements)]),
    withAccess: names(identities.filter((identity) => allowedFor(identity, wanted) !== undefined)),
  };
}

test('of a key only those roles are looked at that may have to do with it', () => {
  const { lookedAt, withAccess } = rolesFor(ROOT);
  expect(lookedAt).toEqual(['ItsKey', 'EveryKey', 'KeysOfAccount', 'AllButOther', 'KeyOfParameter', 'AllButReading']);
  expect(withAccess).toEqual(lookedAt);
});

test.each([
  ['a role', '{AWS: !GetAtt InKeyPolicy.Arn}'], ['a role, by its ARN', '{AWS: "arn:aws:iam::111122223333:role/InKeyPolicy"}'], ['everybody', '"*"'],
  ['a parameter', '{AWS: !Ref Given}'], ['a service', '{Service: s3.amazonaws.com}'],
])('nobody with access is left out, where the key policy names %s', (_, principal) => {
  const { lookedAt, withAccess } = rolesFor(`${ROOT}, {Effect: Allow, Principal: ${principal}, Action: 'kms:Decrypt', Resource: '*'}`);
  expect(withAccess.filter((name) => !lookedAt.includes(name))).toEqual([]);
  expect(withAccess.includes('InKeyPolicy')).toBe(!/Service/.test(principal));
});
