import type { ServiceParty } from '../flows/flow';
import { guardedKey } from '../kms/guarded-key';
import { ask, Guarded } from '../policy/asked';
import { fitsAction } from '../policy/decide';
import { policyOf } from '../policy/from-template';
import { HOLE } from '../policy/glob';
import { parseOperator } from '../policy/operators';
import type { Answer } from '../policy/question';
import type { Condition, Statement } from '../policy/statement';
import type { TemplateResource } from '../template/template';

/** For whom a service sends, as conditions that its requests meet; and how a finding calls it. */
export interface Source {
  readonly conditions: readonly Condition[];
  readonly name: string;
  /** Any account of an organization: none that a policy names. */
  readonly anyAccount?: boolean;
  /** The template does not show for whom: only a key that takes everybody is known to be enough. */
  readonly isUnknown?: boolean;
}

const condition = (operator: string, key: string, ...values: string[]): Condition => ({ operator: parseOperator(operator), written: `${operator} ${key}`, key, values });

/** The ARN of a source has the account in it, or none as those of buckets. */
const ofAccount = (account: string): Condition[] => [
  condition('StringEqualsIfExists', 'aws:sourceaccount', account),
  condition('ArnLikeIfExists', 'aws:sourcearn', `arn:*:*:*:${account}:*`, 'arn:*:*:*::*'),
];

const ofArn = (arn: string): Condition[] => {
  const account = arn.split(':')[4] ?? '';
  return [condition('ArnLike', 'aws:sourcearn', arn), ...(/^\d{12}$/.test(account) ? [condition('StringEqualsIfExists', 'aws:sourceaccount', account)] : [])];
};

/** A topic of another account, by its ARN. */
export function sourceOfParty({ account, arn }: ServiceParty): Source[] {
  const conditions = [...(account ? ofAccount(account) : []), ...(arn ? ofArn(arn) : [])];
  return conditions.length > 0 ? [{ conditions, name: arn ?? `account ${account}` }] : [];
}

/** The sources that a policy names for a service that may do something: each must be able to use the key. */
export function sourcesAllowedBy(policy: TemplateResource, service: string, action: string): Source[] {
  return (policyOf(policy, 'PolicyDocument') ?? [])
    .filter(({ effect, actions, principals }) => effect === 'Allow' && principals?.items.some(({ kind, name }) => kind === 'service' && name === service)
      && fitsAction(actions, action) === 'yes')
    .flatMap(sourcesIn);
}

/** More sources than anybody names in one statement. */
const MOST_SOURCES = 50;

/** Whoever it is: nobody whom the key's policy names. */
const SOMEBODY: Source = { conditions: [], name: 'whom its policy takes, which is known only when the stack is deployed', isUnknown: true };

function sourcesIn(statement: Statement): Source[] {
  const isOpen = statement.conditions.some(({ key, values, operator }) => key.includes(HOLE) || operator.family === 'unknown' || (SOURCE_KEYS.has(key) && values.some((value) => value.includes(HOLE))));
  return [...knownSources(statement), ...(isOpen ? [SOMEBODY] : [])];
}

const SOURCE_KEYS = new Set(['aws:sourceaccount', 'aws:sourceorgid', 'aws:sourcearn']);

function knownSources({ conditions }: Statement): Source[] {
  const named = (key: string) => conditions.filter(({ key: its, operator: { family, negated } }) => its === key && !negated && (family === 'text' || family === 'arn'))
    .flatMap(({ values }) => values).filter((value) => !value.includes(HOLE));
  const accounts = named('aws:sourceaccount').filter((value) => /^\d{12}$/.test(value));
  const organizations = named('aws:sourceorgid').filter((value) => !/[*?$]/.test(value));
  const arns = named('aws:sourcearn').filter((value) => /^arn:/.test(value) && !value.includes('${'));
  const ofWhom: Source[] = accounts.length > 0 ? accounts.map((account) => ({ conditions: ofAccount(account), name: `account ${account}` }))
    : organizations.map((id) => ({ conditions: [condition('StringEquals', 'aws:sourceorgid', id)], name: `the other accounts of ${id}`, anyAccount: true }));
  const each = arns.map((arn): Source => ({ conditions: ofArn(arn), name: arn }));
  if (ofWhom.length === 0 || each.length === 0) { return [...ofWhom, ...each].slice(0, MOST_SOURCES); }
  return ofWhom.flatMap((whom) => each.map((arn) => ({ conditions: [...whom.conditions, ...arn.conditions], name: `${arn.name} of ${whom.name}`, anyAccount: whom.anyAccount }))).slice(0, MOST_SOURCES);
}

/** What a service needs of the key of what it sends to. */
const NEEDS = ['kms:GenerateDataKey', 'kms:Decrypt'];

/** Whether a service may use a key for a source; the worst answer. */
export function keyFor(key: TemplateResource, service: string, { conditions, anyAccount, isUnknown }: Source): Answer['answer'] {
  const guarded = guardedKey(key);
  if (!guarded) { return 'no'; }
  const statements = guarded.statements.map((statement) => (statement.effect === 'Allow' ? { ...statement, conditions: [...statement.conditions, ...conditions] } : statement));
  const forSource: Guarded = { ...guarded, statements };
  const answers = NEEDS.map((action) => ask(forSource, [{ kind: 'service', service, isStranger: false }], [action], isUnknown ? { fresh: /^aws:source/ } : anyAccount ? { fresh: /^aws:sourceaccount$/ } : {}).answer);
  return answers.includes('no') ? 'no' : answers.includes('unknown') ? 'unknown' : 'yes';
}
