import { pick, Random } from './mutations';
import { actionsOn, ActedOn } from '../../src/policy/actions';
import { CONDITION_KEYS, ConditionKey, KeyType } from '../../src/policy/condition-keys';
import { OPERATOR_NAMES } from '../../src/policy/operators';

const some = <T>(random: Random, items: readonly T[], most: number): T[] =>
  Array.from({ length: 1 + Math.floor(random() * most) }, () => pick(random, items));
/** A list, or the only item by itself: IAM takes both. */
const oneOrMany = <T>(random: Random, items: T[]): T | T[] => (items.length === 1 && random() < 0.5 ? items[0] : items);

export const OWN = '111122223333';
export const PARTNER = '222233334444';
export const STRANGER = '999988887777';

/** A resource with a policy of its own. */
export interface Owned {
  readonly service: string;
  readonly on: ActedOn;
  readonly arn: string;
}

export const RESOURCES: readonly Owned[] = [
  { service: 'kms', on: 'key', arn: `arn:aws:kms:us-east-1:${OWN}:key/1234abcd-12ab-34cd-56ef-1234567890ab` },
  { service: 's3', on: 'bucket', arn: 'arn:aws:s3:::orders' },
  { service: 's3', on: 'object', arn: 'arn:aws:s3:::orders/2026/11/a.csv' },
  { service: 'sqs', on: 'queue', arn: `arn:aws:sqs:us-east-1:${OWN}:orders` },
  { service: 'sns', on: 'topic', arn: `arn:aws:sns:us-east-1:${OWN}:orders` },
  { service: 'secretsmanager', on: 'secret', arn: `arn:aws:secretsmanager:us-east-1:${OWN}:secret:orders-AbCdEf` },
  { service: 'dynamodb', on: 'table', arn: `arn:aws:dynamodb:us-east-1:${OWN}:table/orders` },
];

export const IDENTITIES = [OWN, PARTNER, STRANGER].flatMap((account) => [
  `arn:aws:iam::${account}:role/app`, `arn:aws:iam::${account}:role/team/admin`, `arn:aws:iam::${account}:user/jane`, `arn:aws:sts::${account}:assumed-role/app/session-1`,
]);
export const SERVICES = ['s3.amazonaws.com', 'sns.amazonaws.com', 'logs.us-east-1.amazonaws.com'];

/** Values that policies and requests share, so that they meet. */
export const VALUES: Record<KeyType, readonly string[]> = {
  text: ['data', 'Data', 'team-a', 'o-abc1234567', 'o-zzz7654321', OWN, PARTNER, STRANGER, 'vpce-0a1b2c3d', 'vpc-0a1b2c3d', 's3.us-east-1.amazonaws.com', 'athena.amazonaws.com', 'Decrypt'],
  arn: [...IDENTITIES.slice(0, 6), 'arn:aws:s3:::orders', 'arn:aws:s3:::other', `arn:aws:sns:us-east-1:${OWN}:orders`, `arn:aws:sns:us-east-1:${STRANGER}:orders`],
  boolean: ['true', 'false'],
  number: ['1', '1.2', '5', '300'],
  date: ['2026-01-01T00:00:00Z', '2026-06-01T00:00:00Z', '2027-01-01T00:00:00Z'],
  address: ['203.0.113.10', '10.1.2.3', '8.8.8.8', '2001:db8::1'],
  binary: ['QmluYXJ5'],
};
const PATTERNS: Partial<Record<KeyType, readonly string[]>> = {
  text: ['*', 'data*', '?ata', '*-a', 'o-*', '?????1234567', '????????????', 'vpc*-0a1b2c3d', '*.amazonaws.com', '**'],
  arn: ['arn:aws:iam::*:role/*', `arn:aws:iam::${OWN}:role/*`, 'arn:*:*:*:*:*', 'arn:aws:s3:::*', `arn:aws:sns:*:${OWN}:*`, 'arn:aws:sns:*:*:ord?rs'],
  address: ['203.0.113.0/24', '10.0.0.0/8', '0.0.0.0/1', '128.0.0.0/1', '0.0.0.0/0', '2001:db8::/32'],
};
const VARIABLES = ['${aws:PrincipalAccount}', '${aws:PrincipalTag/team}', '${aws:username}', "${aws:PrincipalTag/team, 'data'}", 'team-${aws:PrincipalTag/team}', '${*}'];

/** The simulator stops at the documented name of this key. */
const UNKNOWN_TO_SIMULATOR = new Set(['secretsmanager:ResourceTag/*']);

/** Which operators take which type of key. */
const FAMILIES: Readonly<Record<KeyType, RegExp>> = {
  text: /^string/, arn: /^(arn|string)/, boolean: /^bool/, number: /^numeric/, date: /^date/, address: /address$/, binary: /^binary/,
};
/** As IAM writes them. */
const WRITTEN = [
  'StringEquals', 'StringNotEquals', 'StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', 'StringLike', 'StringNotLike', 'ArnEquals', 'ArnLike', 'ArnNotEquals',
  'ArnNotLike', 'NumericEquals', 'NumericNotEquals', 'NumericLessThan', 'NumericLessThanEquals', 'NumericGreaterThan', 'NumericGreaterThanEquals', 'DateEquals',
  'DateNotEquals', 'DateLessThan', 'DateLessThanEquals', 'DateGreaterThan', 'DateGreaterThanEquals', 'Bool', 'BinaryEquals', 'IpAddress', 'NotIpAddress', 'Null',
];
if (WRITTEN.length !== OPERATOR_NAMES.length) { throw new Error('the generator does not know every operator'); }

/** What a generated policy is made of, so that a test can say that everything was reached. */
export type Reached = (what: string) => void;

export class PolicyMaker {
  private readonly keys: readonly ConditionKey[];

  constructor(private readonly random: Random, private readonly owned: Owned, private readonly reached: Reached = () => {}) {
    this.keys = CONDITION_KEYS.filter(({ name }) => /^aws:/.test(name) || (name.startsWith(`${owned.service}:`) && !UNKNOWN_TO_SIMULATOR.has(name)));
  }

  public policy(most = 4): Record<string, unknown> {
    return { Version: '2012-10-17', Statement: Array.from({ length: 1 + Math.floor(this.random() * most) }, () => this.statement(true)) };
  }

  public identityPolicy(): Record<string, unknown> {
    return { Version: '2012-10-17', Statement: Array.from({ length: 1 + Math.floor(this.random() * 2) }, () => this.statement(false)) };
  }

  private statement(inResourcePolicy: boolean): Record<string, unknown> {
    const { random } = this;
    const effect = random() < 0.7 ? 'Allow' : 'Deny';
    this.reached(effect);
    return {
      Effect: effect,
      ...(inResourcePolicy ? this.element('Principal', this.principal(), 0.1, effect) : {}),
      ...this.element('Action', this.actions(), 0.15),
      ...this.element('Resource', this.resources(), 0.15),
      ...(random() < 0.55 ? { Condition: this.conditions() } : {}),
    };
  }

  /** An element, sometimes negated; an Allow with NotPrincipal is written by nobody. */
  private element(name: string, value: unknown, negated: number, effect = 'Deny'): Record<string, unknown> {
    const isNegated = this.random() < negated && effect === 'Deny' && value !== '*';
    this.reached(isNegated ? `Not${name}` : name);
    return { [isNegated ? `Not${name}` : name]: value };
  }

  private principal(): unknown {
    const { random } = this;
    const kinds: Array<() => unknown> = [
      () => '*', () => ({ AWS: '*' }),
      () => ({ AWS: oneOrMany(random, some(random, IDENTITIES, 2)) }),
      () => ({ AWS: pick(random, [OWN, PARTNER, STRANGER]) }),
      () => ({ AWS: [OWN, PARTNER].map((account) => `arn:aws:iam::${account}:root`) }),
      () => ({ AWS: `arn:aws:iam::${OWN}:root` }),
      () => ({ Service: oneOrMany(random, some(random, SERVICES, 2)) }),
      () => ({ AWS: pick(random, IDENTITIES), Service: pick(random, SERVICES) }),
    ];
    const chosen = Math.floor(random() * kinds.length);
    this.reached(`principal ${chosen}`);
    return kinds[chosen]();
  }

  private actions(): unknown {
    const { service, on } = this.owned;
    const action = () => pick(this.random, [...actionsOn(on), '*', `${service}:*`, `${service}:Get*`, `${service}:*e*`, `${service}:?e*`]);
    return oneOrMany(this.random, Array.from({ length: 1 + Math.floor(this.random() * 3) }, action));
  }

  private resources(): unknown {
    const { arn } = this.owned;
    const head = arn.split(':').slice(0, 5).join(':');
    const choices = ['*', arn, arn, `${arn.slice(0, -2)}*`, `${arn.slice(0, -1)}?`, `${head}:*`, `${head}:other`, arn.replace(OWN, '*'), arn.replace(OWN, STRANGER), arn.replace('us-east-1', 'eu-*')];
    return oneOrMany(this.random, some(this.random, choices, 2));
  }

  private conditions(): Record<string, Record<string, unknown>> {
    const block: Record<string, Record<string, unknown>> = {};
    for (let count = 1 + Math.floor(this.random() * 2); count > 0; count--) {
      const key = pick(this.random, this.keys);
      const operator = this.operator(key);
      (block[operator] ??= {})[this.keyName(key)] = this.values(key, operator);
    }
    return block;
  }

  /** A name for a key that the policy completes. */
  private keyName({ name }: ConditionKey): string {
    return name.endsWith('*') ? name.slice(0, -1) + (/attestation/i.test(name) ? 'PCR0' : 'team') : name;
  }

  private operator({ type, many }: ConditionKey): string {
    const { random } = this;
    const operator = random() < 0.08 ? 'Null' : random() < 0.01 ? 'BinaryEquals' : pick(random, WRITTEN.filter((each) => FAMILIES[type].test(each.toLowerCase())));
    const prefix = operator === 'Null' ? '' : many || random() < 0.1 ? pick(random, ['ForAnyValue:', 'ForAllValues:']) : '';
    const suffix = operator !== 'Null' && random() < 0.2 && prefix !== 'ForAnyValue:' ? 'IfExists' : '';
    for (const part of [operator, prefix, suffix]) { if (part) { this.reached(part); } }
    return `${prefix}${operator}${suffix}`;
  }

  private values({ type }: ConditionKey, operator: string): unknown {
    const { random } = this;
    if (operator === 'Null') { return pick(random, ['true', 'false']); }
    const takesVariables = /String|Arn/.test(operator) && type === 'text';
    const takesPatterns = /Like|Arn|Address/.test(operator);
    const choice = () => {
      if (takesVariables && random() < 0.1) { return pick(random, VARIABLES); }
      return pick(random, takesPatterns && random() < 0.6 ? PATTERNS[type] ?? VALUES[type] : VALUES[type]);
    };
    const values = Array.from({ length: 1 + Math.floor(random() * 2) }, choice);
    if (values.some((value) => value.includes('${'))) { this.reached('policy variable'); }
    return oneOrMany(random, values);
  }

  /** A context in which some of the keys that policies speak of have a value, where `isSent` says that the action sends them. */
  public context(policies: readonly unknown[], isSent: (name: string) => boolean = () => true): Map<string, string[]> {
    const names = new Set<string>(['aws:PrincipalTag/team', 'aws:username'].filter(() => this.random() < 0.3));
    JSON.stringify(policies, (_, value) => {
      if (value && typeof value === 'object' && value.Condition) { Object.values(value.Condition).forEach((keys) => Object.keys(keys as object).forEach((key) => names.add(key))); }
      return value;
    });
    const context = new Map<string, string[]>();
    for (const name of names) {
      const key = this.keys.find((each) => each.name === name) ?? this.keys.find((each) => each.name.endsWith('*') && name.startsWith(each.name.slice(0, -1)));
      if (!key || !isSent(name) || this.random() >= 0.8) { continue; }
      context.set(name, key.many ? some(this.random, VALUES[key.type], 2) : [pick(this.random, VALUES[key.type])]);
    }
    return context;
  }
}
