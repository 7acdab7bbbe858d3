import { pick, Random } from './mutations';
import { OWN, VALUES } from './random-policies';
import type { Caller } from '../../src/policy/caller';
import { CONDITION_KEYS, ConditionKey } from '../../src/policy/condition-keys';
import type { Request } from '../../src/policy/decide';

/** An account that no generated policy names. */
const ACCOUNT = '999900001111';

const number = (random: Random, most: number) => Math.floor(random() * most);

/** Somebody whom nothing ties to a policy, with whatever they can choose chosen at random. */
export function outsider(random: Random, action: string, resource: string, names: ReadonlySet<string>, isSent: (name: string) => boolean): Request {
  const caller: Caller = pick<Caller>(random, [
    { kind: 'identity', arn: `arn:aws:iam::${ACCOUNT}:role/${pick(random, ['app', 'team/admin', 'x'])}` },
    { kind: 'identity', arn: `arn:aws:iam::${ACCOUNT}:user/jane` },
    { kind: 'anonymous' },
    { kind: 'service', name: 'strange.amazonaws.com' },
  ]);
  const context = new Map<string, string[]>();
  for (const name of names) {
    const key = CONDITION_KEYS.find((each) => each.name === name || (each.name.endsWith('*') && name.startsWith(each.name.slice(0, -1))));
    if (!key || !isSent(name) || (!key.always && random() < 0.3)) { continue; }
    if (key.sentWith && !key.sentWith.includes(action.toLowerCase())) { continue; }
    const value = valueOf(random, key, name, caller);
    if (value) { context.set(name, key.many ? [value] : [value]); }
  }
  return { caller, action, resource, account: OWN, context };
}

/** What the key holds for a stranger; nothing where only AWS sets it and does not for this caller. */
function valueOf(random: Random, key: ConditionKey, name: string, caller: Caller): string | undefined {
  const isIdentity = caller.kind === 'identity';
  const ofIdentities = /^(aws:(PrincipalTag|username|MultiFactorAuth|SourceIdentity|FederatedProvider)|ec2:|glue:)/.test(name);
  switch (key.owner) {
    case 'caller':
      if (ofIdentities && !isIdentity) { return undefined; }
      if (name === 'aws:username') { return isIdentity && caller.arn.includes(':user/') ? pick(random, VALUES.text) : undefined; }
      return caller.kind === 'service' && /EncryptionContext:/.test(name) ? 'strange' : pick(random, VALUES[key.type]);
    case 'account': return isIdentity ? ofAccount(random, key, name) : undefined;
    case 'network': return caller.kind === 'service' ? undefined : key.type === 'address' ? `${80 + number(random, 60)}.${number(random, 256)}.${number(random, 256)}.${number(random, 256)}` : strange(key);
    case 'service': return caller.kind === 'service' && key.shape !== 'service' ? strange(key) : undefined;
    case 'request': return key.shape === 'account' ? OWN : pick(random, VALUES[key.type]);
  }
}

function ofAccount(random: Random, key: ConditionKey, name: string): string | undefined {
  if (/^(aws:Principal(Arn|Account|IsAWSService|Type)|kms:CallerAccount)$/.test(name)) { return undefined; }
  return key.type === 'boolean' ? pick(random, ['true', 'false']) : strange(key);
}

function strange({ shape }: ConditionKey): string {
  switch (shape) {
    case 'account': return ACCOUNT;
    case 'organization': return 'o-strange123';
    case 'organization path': case 'organization path of resource': return 'o-strange123/r-ab12/ou-ab12-11111111/';
    case 'vpc': return 'vpc-5742a9e5';
    case 'vpc arn': return `arn:aws:ec2:us-east-1:${ACCOUNT}:vpc/vpc-5742a9e5`;
    case 'endpoint': return 'vpce-5742a9e5';
    case 'key arn': return `arn:aws:kms:us-east-1:${ACCOUNT}:key/5742a9e5`;
    case 'source arn': return 'arn:aws:s3:::strange-bucket';
    case 'arn of own account': return `arn:aws:lambda:us-east-1:${ACCOUNT}:function:strange`;
    default: return 'AROASTRANGE1234567890:data';
  }
}
