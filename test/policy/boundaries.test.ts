import { RULES } from '../../src/checks/rule-table';
import { Template } from '../../src/template/template';

const ALL_KEYS = { Statement: [{ Effect: 'Allow', Action: ['s3:*', 'kms:*'], Resource: '*' }] };
const managed = (more: object = {}) => ({ Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: ALL_KEYS, ...more } });
const role = (Properties: object) => ({ Type: 'AWS::IAM::Role', Properties });
const POLICY = { Ref: 'Policy' };

/** What the rule about keys in identity policies says of the managed policy. */
function saidOf(resources: object): string {
  const template = new Template({ Parameters: { Arn: { Type: 'String' } }, Resources: resources });
  return RULES.find(({ id }) => id === 'Encryption-IamDecryptNamedKeysOnly')!.check(template.resource('Policy')!).kind;
}

test('a managed policy that only limits roles allows nothing', () => {
  expect(saidOf({ Policy: managed(), Role: role({ PermissionsBoundary: POLICY }) })).toBe('not applicable');
});

test.each<[string, object]>([
  ['nothing refers to', { Policy: managed() }],
  ['another role has', { Policy: managed(), Role: role({ PermissionsBoundary: POLICY }), Other: role({ ManagedPolicyArns: [POLICY] }) }],
  ['names a role itself', { Policy: managed({ Roles: [{ Ref: 'Role' }] }), Role: role({ PermissionsBoundary: POLICY }) }],
  ['a role may have by a parameter', { Policy: managed(), Role: role({ PermissionsBoundary: POLICY }), Other: role({ ManagedPolicyArns: [{ Ref: 'Arn' }] }) }],
])('one that %s allows what it says', (_, resources) => {
  expect(saidOf(resources)).toBe('fail');
});
