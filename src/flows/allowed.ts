import type { Estate } from './estate';
import { allowedIn } from './finders';
import type { IdentityParty, Kind, PrincipalParty } from './flow';
import { namesKey, TargetKey } from './keys';
import { KIND } from './kind';
import type { KeyStatement } from './needs';
import { allowsAction, Statement, statementsIn } from './statements';
import { matches } from '../policy/policy';
import { withoutUrlSuffix } from '../statements/via-service';
import type { TemplateResource } from '../template/template';

const statementsOfKey = (key: TemplateResource): readonly Statement[] => statementsIn(key.get('KeyPolicy'));

/** Whether every action that a statement would allow is allowed already, by one statement each; at best, where a condition is not known. */
export function keyPolicyAllows(key: TemplateResource, wanted: KeyStatement, kind: Kind, atBest = false): boolean {
  const statements = statementsOfKey(key);
  const principals = principalsOf(wanted);
  return wanted.actions.every((action) => statements.some((statement) => allowsAction(statement, action.replace(/\*$/, ''))
    && statement.principals.some(({ type, name }) => type === '*' || principals.some((principal) => samePrincipal(`${type} ${name}`, principal)))
    && (!statement.isOpen || atBest) && conditionsHold(statement, wanted, kind)));
}

/** A role that a condition names may be named as the principal as well. */
function principalsOf({ principal, conditions }: KeyStatement): string[] {
  return 'Service' in principal ? [`Service ${principal.Service}`]
    : [principal.AWS, ...[conditions.ArnLike?.['aws:PrincipalArn'] ?? []].flat()].map((name) => `AWS ${name}`);
}

/** An account may be named by its number or by its root. */
function samePrincipal(a: string, b: string): boolean {
  const plain = (text: string) => withoutUrlSuffix(text.replace(/^AWS arn:(\$\{AWS::Partition\}|[^:]*):/, 'AWS arn:x:').replace(/arn:x:iam::(\d{12}):root$/, '$1'));
  return plain(a) === plain(b);
}

/** Whether each condition of a statement is one that the flow is known to fulfil. */
function conditionsHold(statement: Statement, wanted: KeyStatement, kind: Kind): boolean {
  const known = Object.fromEntries(Object.values(wanted.conditions).flatMap((operands) => Object.entries(operands))
    .map(([key, value]) => [key.toLowerCase(), [value].flat()]));
  return Object.entries(statement.conditions).every(([operator, operands]) => Object.entries(operands).every(([key, values]) => {
    if (key.startsWith('kms:encryptioncontext') && (kind !== 'logGroup' || known[key] === undefined)) { return key === KIND[kind].context && !/Not/.test(operator); }
    return known[key] !== undefined && !/Not|^Null/.test(operator) && known[key].every((value) => values.some((pattern) => sameText(pattern, value)));
  }));
}

/** Partitions and accounts may be written in different ways. */
function sameText(pattern: string, value: string): boolean {
  const plain = (text: string) => text.replace(/^arn:(\$\{AWS::Partition\}|[^:]*):/, 'arn:x:');
  return matches(plain(pattern), plain(value)) || plain(pattern) === plain(value);
}

/** Whether a key leaves it to the identity policies of its own account. */
export function trustsAccount(key: TemplateResource): boolean {
  return key.get('KeyPolicy').kind === 'absent' || statementsOfKey(key).some((statement) => allowsAction(statement, 'kms:Decrypt')
    && !statement.isOpen && Object.keys(statement.conditions).length === 0
    && statement.principals.some(({ type, name }) => type === 'AWS' && /(:root|^\d{12}|\$\{AWS::AccountId\})$/.test(name)));
}

/** Whether everybody who has an identity policy may do `actions` with a key through a service. */
export function identitiesAllow(
  estate: Estate, { holders, policy }: IdentityParty, key: TargetKey, actions: readonly string[], through: Through,
): boolean {
  const { identityPolicies, policiesOf } = allowedIn(estate);
  if (key.resource && keyAllowsAccountThrough(key.resource, actions, estate, through)) { return true; }
  const documents = holders.length > 0 ? holders.map((holder) => policiesOf.get(holder) ?? [])
    : [identityPolicies.filter((each) => each.policy === policy)];
  return documents.every((policies) => {
    const statements = policies.flatMap((each) => each.statements);
    return actions.every((action) => statements.some((statement) => allowsAction(statement, action)
      && statement.resources.some((resource) => namesKey(resource, key)) && limitsFulfilled(statement, estate, through)));
  });
}

/** What a key is used for: by a service, for one resource. */
export interface Through {
  readonly viaService: string;
  readonly kind: Kind;
  readonly target: TemplateResource;
}

/** Whether everybody of an account may use a key through a service, as Secrets Manager's guide has it: no policy of theirs needs to name the key. */
function keyAllowsAccountThrough(key: TemplateResource, actions: readonly string[], estate: Estate, through: Through): boolean {
  return actions.every((action) => statementsOfKey(key).some((statement) => allowsAction(statement, action)
    && statement.principals.some(({ type }) => type === '*')
    && Object.values(statement.conditions).every((operands) => Object.keys(operands).every((name) => ['kms:calleraccount', 'kms:viaservice'].includes(name)))
    && Object.values(statement.conditions).some((operands) => operands['kms:viaservice'] !== undefined)
    && limitsFulfilled(withoutCaller(statement), estate, through)));
}

type Limits = Pick<Statement, 'conditions' | 'isOpen'>;

function withoutCaller({ conditions, isOpen }: Statement): Limits {
  return {
    isOpen,
    conditions: Object.fromEntries(Object.entries(conditions).map(([operator, operands]) => [operator,
      Object.fromEntries(Object.entries(operands).filter(([name]) => name !== 'kms:calleraccount'))])),
  };
}

function limitsFulfilled({ conditions, isOpen }: Limits, estate: Estate, { viaService, kind, target }: Through): boolean {
  const through = withoutUrlSuffix(viaService);
  return !isOpen && Object.values(conditions).every((operands) => Object.entries(operands).every(([key, values]) => {
    if (key !== 'kms:viaservice') { return isContextOf(kind, key) && (key !== KIND[kind].context || mayName(estate, kind, target, values)); }
    return values.some((value) => matches(withoutUrlSuffix(value), through) || withoutUrlSuffix(value) === through);
  }));
}

/** Whether a condition is on the encryption context that the service of a kind gives: those of other services it does not have. */
function isContextOf(kind: Kind, key: string): boolean {
  const { context } = KIND[kind];
  return key.startsWith(/^kms:encryptioncontext:aws:\w+:/.exec(context)?.[0] ?? 'kms:encryptioncontext:secret');
}

/** Whether the values of a context are for a resource, as far as they can be read. */
function mayName(estate: Estate, kind: Kind, target: TemplateResource, values: readonly string[]): boolean {
  const named = values.map((value) => estate.named(kind, value, target.owner));
  const isRead = named.some(({ resources }) => resources.length > 0);
  return !isRead || named.some(({ everything, resources }) => everything || resources.includes(target));
}

/** The statement of a key policy for an account or role that a resource policy names. */
export function principalStatement({ arn, conditions, limitedBy }: PrincipalParty, actions: readonly string[], viaService: string): KeyStatement {
  return { sid: limitedBy === undefined ? 'OtherAccounts' : 'AccountThroughService', principal: { AWS: arn }, actions, conditions: { ...conditions, StringEquals: { ...conditions.StringEquals, 'kms:ViaService': viaService } } };
}
