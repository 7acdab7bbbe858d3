import type { Caller } from '../../src/policy/caller';
import { decide } from '../../src/policy/decide';
import { normalize } from '../../src/policy/normal-form';
import { comparePairs } from '../support/policy-comparison';

const OWN = '111122223333';
const KEY = `arn:aws:kms:eu-west-1:${OWN}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const ROLE = `arn:aws:iam::${OWN}:role/app`;
const ALL = { Effect: 'Allow', Action: '*', Resource: '*' };

function verdict(caller: Caller, resource: object[], identity: object[] = [], more: { boundary?: object[]; isKey?: boolean } = {}) {
  const policies = {
    resource: normalize({ Statement: resource }),
    identity: normalize({ Statement: identity }),
    isKey: more.isKey ?? true,
    ...(more.boundary ? { boundary: normalize({ Statement: more.boundary }) } : {}),
  };
  return decide({ caller, action: 'kms:Decrypt', resource: KEY, account: OWN, context: new Map() }, policies).verdict;
}

const role: Caller = { kind: 'identity', arn: ROLE };
const to = (Principal: unknown, more: object = {}) => ({ Effect: 'Allow', Principal, Action: 'kms:Decrypt', Resource: '*', ...more });

test('a sample of 300 requests is decided as iam-simulate decides them', async () => {
  const { unexplained, counts } = await comparePairs(300, 7);
  expect(unexplained).toEqual([]);
  expect(counts['allowed by both']).toBeGreaterThan(0);
});

test.each<[string, Caller, object[], object[], string]>([
  ['a role that the key policy names needs nothing else', role, [to({ AWS: ROLE })], [], 'allowed'],
  ['a role whose account it names needs its own policy', role, [to({ AWS: OWN })], [], 'denied'],
  ['and has access with it', role, [to({ AWS: OWN })], [ALL], 'allowed'],
  ['its own policy alone is not enough', role, [], [ALL], 'denied'],
  ['a session of a role is meant by the role', { kind: 'identity', arn: `arn:aws:sts::${OWN}:assumed-role/app/one` }, [to({ AWS: ROLE })], [], 'allowed'],
  ['a role of another account needs both', { kind: 'identity', arn: 'arn:aws:iam::222233334444:role/app' }, [to({ AWS: '222233334444' })], [], 'denied'],
  ['and has access with both', { kind: 'identity', arn: 'arn:aws:iam::222233334444:role/app' }, [to({ AWS: '222233334444' })], [ALL], 'allowed'],
  ['a statement about another key grants nothing', role, [to({ AWS: ROLE }, { Resource: KEY.replace('1234abcd', 'ffffffff') })], [], 'denied'],
  ['a Deny wins', role, [to({ AWS: ROLE }), { Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' }], [ALL], 'denied'],
  ['a service is named by its name', { kind: 'service', name: 'sns.amazonaws.com' }, [to({ Service: 'sns.amazonaws.com' })], [], 'allowed'],
  ['nobody without credentials is an AWS principal', { kind: 'anonymous' }, [to({ AWS: ROLE })], [], 'denied'],
  ['a Deny for all but a role, without its account, may deny the role', role, [to({ AWS: ROLE }), { Effect: 'Deny', NotPrincipal: { AWS: ROLE }, Action: '*', Resource: '*' }], [], 'unknown'],
  ['a Deny for all but everybody denies nobody', role, [to({ AWS: ROLE }), { Effect: 'Deny', NotPrincipal: { AWS: '*' }, Action: '*', Resource: '*' }], [], 'allowed'],
  ['the root user of the account has what the account has', { kind: 'identity', arn: `arn:aws:iam::${OWN}:root` }, [to({ AWS: OWN })], [], 'allowed'],
])('%s', (_, caller, resource, identity, expected) => { expect(verdict(caller, resource, identity)).toBe(expected); });

test('a Deny by NotPrincipal denies whom it names, where they have a boundary', () => {
  const spared = { Effect: 'Deny', NotPrincipal: { AWS: [ROLE, '111122223333'] }, Action: '*', Resource: '*' };
  expect(verdict(role, [to({ AWS: ROLE }), spared])).toBe('allowed');
  expect(verdict(role, [to({ AWS: ROLE }), spared], [], { boundary: [ALL] })).toBe('denied');
});

test('a boundary limits a role that a policy names, and not a session', () => {
  const nothing = [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }];
  const session = `arn:aws:sts::${OWN}:assumed-role/app/one`;
  expect(verdict(role, [to({ AWS: ROLE })], [], { boundary: nothing })).toBe('denied');
  expect(verdict({ kind: 'identity', arn: session }, [to({ AWS: session })], [], { boundary: nothing })).toBe('allowed');
});

test('outside of KMS the policy of a role of the account is enough', () => {
  expect(verdict(role, [], [ALL], { isKey: false })).toBe('allowed');
});

test('it says what it did not see', () => {
  const { notSeen } = decide({ caller: role, action: 'kms:Decrypt', resource: KEY, account: OWN, context: new Map() }, {});
  expect(notSeen).toContain('service control policies');
});
