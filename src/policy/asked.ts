import { worksAcrossAccounts } from './actions';
import { couldAnybody } from './could-anybody';
import { fitsAction, Policies } from './decide';
import { HOLE } from './glob';
import { MADE_UP } from './physical-names';
import type { Answer, Given, Question } from './question';
import { remembering } from './remembering';
import type { Element, Statement } from './statement';
import { everybodyIn, namedIn, principalWho, STRANGERS, strangersAccount, Who } from './who';

/** A resource with its own policy, and what can be done to it. */
export interface Guarded {
  readonly statements: readonly Statement[];
  /** Whether it is a key, whose policy alone decides. */
  readonly isKey?: boolean;
  /** The account that owns it. */
  readonly account: string;
  /** Its ARNs: of a bucket also one of an object that no policy names. */
  readonly resources: readonly string[];
  /** Every action on it. */
  readonly actions: readonly string[];
  /** Accounts that may use it. */
  readonly trusted?: ReadonlySet<string>;
}

/**
 * The same object for what is the same: most templates write the same few policies again and again, and what is found out about one
 * counts for all.
 */
export function internedGuarded(guarded: Guarded): Guarded {
  const { statements, isKey, account, resources, actions, trusted } = guarded;
  const bySaying = interned.get(statements) ?? new Map<string, Guarded>();
  interned.set(statements, bySaying);
  const saying = `${isKey} ${account} ${numberOf(actions)} ${resources.join(' ')} ${trusted ? [...trusted].join(' ') : ''}`;
  const known = bySaying.get(saying);
  if (known) { return known; }
  bySaying.set(saying, guarded);
  answersOf.set(guarded, new Map());
  return guarded;
}

/** Lists of actions are constants: one for each kind of resource. */
function numberOf(actions: readonly string[]): number {
  const known = numbers.get(actions) ?? numbers.size;
  numbers.set(actions, known);
  return known;
}

const numbers = new Map<readonly string[], number>();

const interned = new WeakMap<readonly Statement[], Map<string, Guarded>>();
const answersOf = new WeakMap<Guarded, Map<string, Answer>>();

/** A question in one text: two that are the same have the same answer. */
function textOf({ who, actions, given, fresh, identity }: Question): string {
  return `${who.map(textOfCaller).join()} ${textOfActions(actions)} ${identity} ${fresh?.source} ${given ? textOfGiven(given) : ''}`;
}

// Callers, lists of actions and what is given are constants, or found once.
const textOfCaller = remembering(({ kind, account, arn, service, canonicalId, isStranger }: Who) => `${kind} ${account} ${arn} ${service} ${canonicalId} ${isStranger}`);
const textOfActions = remembering((actions: readonly string[]) => actions.join());
const textOfGiven = remembering((given: Given) => JSON.stringify([...given]));

type Options = Partial<Pick<Question, 'given' | 'fresh' | 'identity' | 'notBy'>>;

/** Whether some of these callers could do one of these actions. */
export function ask(guarded: Guarded, who: readonly Who[], actions: readonly string[], options: Options = {}): Answer {
  const { statements, isKey, account, resources } = guarded;
  const policies: Policies = { resource: statements, isKey };
  const distinct = distinctActions(options.notBy ? [...statements, ...options.notBy.resource ?? []] : statements, actions);
  const question: Question = { who, actions: distinct, resources, account, identity: 'everything', ...options };
  const answers = options.notBy ? undefined : answersOf.get(guarded);
  if (!answers) { return couldAnybody(question, policies); }
  const text = textOf(question);
  const known = answers.get(text) ?? couldAnybody(question, policies);
  answers.set(text, known);
  return known;
}

/** Whether a stranger could do something, from an account of their own or without any. */
export function askAboutStrangers(guarded: Guarded, actions: readonly string[] = guarded.actions, options: Options = {}): Answer {
  return ask(guarded, STRANGERS, acrossAccounts(actions), options);
}

/** Those of some actions that a principal of another account can do at all; the list stays the same object, so that answers are remembered. */
export const acrossAccounts = remembering((actions: readonly string[]): readonly string[] => actions.filter(worksAcrossAccounts));

/** The other accounts that a policy names exactly, but for those that are trusted; where it may name more, one that stands for them. */
export function otherAccounts({ statements, account, trusted }: Guarded): string[] {
  const names = namedIn(statements, account);
  const others = [...names.accounts].filter((each) => each !== account && !trusted?.has(each));
  if (!isUnknown(statements)) { return others; }
  const partly = partlyNamed(statements).filter((each) => each !== account && !trusted?.has(each));
  return [...others, strangersAccount(names), ...partly];
}

/** Accounts of which a policy has the first digits: one that each may be. */
function partlyNamed(statements: readonly Statement[]): string[] {
  const texts = statements.flatMap(({ principals, conditions }) =>
    [...principals?.items.map(({ name }) => name) ?? [], ...conditions.flatMap(({ values }) => values)]);
  return texts.flatMap((text) => [...text.matchAll(FIRST_DIGITS)].map(([, digits]) => digits.padEnd(12, '9')));
}

const FIRST_DIGITS = new RegExp(`(?<![\\w-])(\\d{1,11})${HOLE}`, 'g');

const isUnknown = (statements: readonly Statement[]) => statements.some(({ unknown, effect }) => unknown !== undefined || effect === 'unknown');

/** The principals that a policy names by their ARN, of one account or of all. */
export function namedPrincipals(guarded: Guarded, of?: string): readonly Who[] {
  const known = named.get(guarded) ?? findPrincipals(guarded);
  named.set(guarded, known);
  return of === undefined ? known : known.filter(({ account }) => account === of);
}

const named = new WeakMap<Guarded, readonly Who[]>();

function findPrincipals({ statements, account }: Guarded): Who[] {
  const { principals } = namedIn(statements, account);
  // Whoever is named where the name is not known, of the own account or of another.
  const unknown = isUnknown(statements) ? [account, strangersAccount(namedIn(statements, account))].map((each) => `arn:aws:iam::${each}:role/any-role`) : [];
  return [...principals, ...unknown].filter((arn) => /^arn:[^:]*:(iam|sts)::\d{12}:[^*?]+$/.test(arn)).map(principalWho);
}

/** The other accounts that a policy names as the source for which a service acts. */
export function otherSources(guarded: Guarded): string[] {
  const conditions = guarded.statements.flatMap((statement) => statement.conditions);
  const sources = conditions.filter(({ key }) => key === HOLE || /^aws:source(arn|account|owner)$/.test(key)).flatMap(({ values }) => values);
  return otherAccounts(guarded).filter((account) => sources.some((source) => source.includes(account) || source.includes(HOLE)));
}

/** The services that a policy names. */
export function namedServices({ statements, account }: Guarded): string[] {
  const { services: byName } = namedIn(statements, account);
  if (!isUnknown(statements)) { return [...byName]; }
  const partly = statements.flatMap(({ principals }) => principals?.items.filter(({ kind, name }) => kind === 'service' && name.includes(HOLE)) ?? []);
  return [...byName, 'any-service.amazonaws.com', ...partly.map(({ name }) => name.split(HOLE).join('any'))];
}

/**
 * Whom a policy names by a canonical user ID that is not of the template: another account, or an origin access identity of one.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-bucket-user-policy-specifying-principal-intro.html
 */
export function namedByCanonicalId({ statements, account }: Guarded): Who[] {
  return [...namedIn(statements, account).canonicalIds].filter((id) => !id.includes(MADE_UP))
    .map((id) => ({ kind: 'canonical', canonicalId: id.split(HOLE).join('any'), isStranger: false }));
}

/** A service that acts for a stranger. */
export function serviceForStranger(service: string): Who {
  return serviceWho(service, true);
}

/** A service that acts for whomever a policy means. */
export function serviceForAnybody(service: string): Who {
  return serviceWho(service, false);
}

/** The same object for the same service: what is found out about it is found out once. */
function serviceWho(service: string, isStranger: boolean): Who {
  const key = `${service} ${isStranger}`;
  const known = services.get(key) ?? { kind: 'service', service, isStranger };
  if (services.size > MOST_REMEMBERED) { services.clear(); }
  services.set(key, known);
  return known;
}

const services = new Map<string, Who>();

/** Everybody whom a question about all requests means: strangers, the own account, whoever is named. */
export function everybody(guarded: Guarded): Who[] {
  const others = otherAccounts({ ...guarded, trusted: undefined }).flatMap(everybodyIn);
  const ofServices = namedServices(guarded).map(serviceForAnybody);
  return [...everybodyIn(guarded.account), ...STRANGERS, ...namedPrincipals(guarded), ...namedByCanonicalId(guarded), ...others, ...ofServices, { kind: 'service', isStranger: false }];
}

/**
 * Whether a request with certain properties gets past all denials of a policy, whoever makes it and whatever allows it.
 */
export function askPastDenials(guarded: Guarded, given: Given, actions = guarded.actions): Answer {
  const denials = guarded.statements.filter(({ effect }) => effect !== 'Allow');
  const open = { ...guarded, statements: [...denials, ALLOW_EVERYTHING] };
  return ask(open, everybody(open), actions, { given });
}

const ALLOW_EVERYTHING: Statement = {
  position: 0,
  effect: 'Allow',
  principals: { negated: false, items: [{ kind: 'anybody', name: '*' }] },
  actions: { negated: false, items: ['*'] },
  resources: { negated: false, items: ['*'] },
  conditions: [],
};

const covered = new Map<string, string>();
const MOST_REMEMBERED = 5000;

/** One action of each kind that the statements tell apart. Conditions may depend on the action: such actions stay. */
function distinctActions(statements: readonly Statement[], actions: readonly string[]): readonly string[] {
  if (actions.length === 1) { return actions; }
  const known = remembered.get(statements)?.get(actions);
  if (known) { return known; }
  const distinct = tellApart(statements, actions);
  const byActions = remembered.get(statements) ?? new Map<readonly string[], readonly string[]>();
  remembered.set(statements, byActions.set(actions, distinct));
  return distinct;
}

/** Many questions are asked about the same statements. */
const remembered = new WeakMap<readonly Statement[], Map<readonly string[], readonly string[]>>();

function tellApart(statements: readonly Statement[], actions: readonly string[]): string[] {
  const byPattern = new Map<string, string>();
  const signatures = statements.map(({ actions: element }) => signatureOf(element, actions));
  const hasConditions = statements.some(({ conditions }) => conditions.length > 0);
  actions.forEach((action, index) => {
    let signature = '';
    for (const each of signatures) { signature += each[index]; }
    // Conditions speak of what only some actions send.
    const name = hasConditions && DEPENDS.test(action) ? `${signature} ${action}` : signature;
    if (signature.includes('1') && !byPattern.has(name)) { byPattern.set(name, action); }
  });
  return [...byPattern.values()];
}

/** Actions that send what others do not. */
const DEPENDS = /^(kms:(CreateGrant|Decrypt|DescribeKey|PutKeyPolicy|Sign|GenerateMac|ListGrants)|s3:(PutObject|ReplicateObject|GetObject|ListBucket)|sns:(Subscribe|Publish))$/;

/** For each action whether an element may mean it. */
function signatureOf(element: Element<string>, actions: readonly string[]): string {
  const key = `${element.negated} ${element.items.join(' ')} ${actions.length} ${actions[0]} ${actions[actions.length - 1]}`;
  const known = covered.get(key);
  if (known !== undefined) { return known; }
  const signature = actions.map((action) => (fitsAction(element, action) === 'no' ? '0' : '1')).join('');
  if (covered.size > MOST_REMEMBERED) { covered.clear(); }
  covered.set(key, signature);
  return signature;
}
