import * as iam from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import { BY_INTEREST } from './guarded-key';
import { placeIn, readable, readStatements } from './read-statements';
import { actionsOn, ActedOn } from '../policy/actions';
import { ask, askAboutStrangers, everybody, Guarded, namedServices, serviceForStranger } from '../policy/asked';
import { normalize } from '../policy/normal-form';
import { whyNotTaken, whyNotTakenByKms } from '../policy/principals';
import type { Answer, Given } from '../policy/question';
import { namedIn, principalWho, strangersAccount, Who } from '../policy/who';
import { sentenceOf } from '../policy/witness';

/** What of the statements is wrong, and why, as an error says it. */
export interface Unlimited {
  readonly value: string;
  readonly why: string;
}

/** Services that name no source to KMS and to SNS: a policy cannot ask for one. */
const PASSES_NO_SOURCE: Partial<Record<ActedOn, RegExp>> = { key: /^events\.amazonaws\.com$/, topic: /^events\.amazonaws\.com$/ };

/** What the statements are about, with everything that can be done to it; they are written for that one resource. */
function guardedBy(scope: IConstruct, statements: readonly iam.PolicyStatement[], on: readonly ActedOn[]): Guarded {
  const { account } = placeIn(scope);
  const meant = readStatements(scope, statements).map(({ resources, ...statement }) => statement);
  const isKey = on.includes('key');
  return { statements: meant, isKey, account, resources: ['arn:aws:any:::this'], actions: isKey ? BY_INTEREST : actionsOn(...on) };
}

/** Who could do what by statements, and is limited by nothing: `undefined` where nobody is. */
export function strangerAllowed(scope: IConstruct, statements: readonly iam.PolicyStatement[], on: readonly ActedOn[]): Unlimited | undefined {
  const guarded = guardedBy(scope, statements, on);
  return witness(askAboutStrangers(guarded), guarded, scope, statements);
}

/** The same of one statement for a resource's own policy; a Deny allows nobody. */
export function strangerAllowedBy(scope: IConstruct, statement: iam.PolicyStatement, on: readonly ActedOn[]): Unlimited | undefined {
  return statement.effect === iam.Effect.DENY ? undefined : strangerAllowed(scope, [statement], on);
}

/** What to do where somebody is allowed whom nothing limits. */
export const LIMIT_THEM = "Name the accounts or roles, or give the principal conditions, such as `new iam.OrganizationPrincipal('o-…')`.";

/** The same of services that are named, and act for whoever uses them. */
export function strangersServiceAllowed(
  scope: IConstruct, statements: readonly iam.PolicyStatement[], on: readonly ActedOn[],
): Unlimited | undefined {
  const guarded = guardedBy(scope, statements, on);
  const services = namedServices(guarded).filter((service) => !on.some((each) => PASSES_NO_SOURCE[each]?.test(service)));
  const found = services.map((service) => witness(ask(guarded, [serviceForStranger(service)], guarded.actions), guarded, scope, statements));
  return found.find((each) => each !== undefined);
}

function witness(answer: Answer, { account }: Guarded, scope: IConstruct, statements: readonly iam.PolicyStatement[]): Unlimited | undefined {
  return answer.answer === 'yes' ? { value: given(scope, statements), why: sentenceOf({ ...answer, statement: undefined }, account) } : undefined;
}

/** Whether statements allow nobody at all: AWS takes no such principal, or nobody meets the conditions. */
export function nobodyAllowed(scope: IConstruct, statements: readonly iam.PolicyStatement[], on: readonly ActedOn[]): Unlimited | undefined {
  const guarded = guardedBy(scope, statements, on);
  const named = guarded.statements.flatMap(({ principals }) => principals?.items ?? []);
  const reason = named.map(guarded.isKey ? whyNotTakenByKms : whyNotTaken).find((why) => why !== undefined);
  if (reason === undefined && ask(guarded, everybody(guarded), guarded.actions).answer !== 'no') { return undefined; }
  return { value: given(scope, statements), why: `it allows nobody, because ${reason ?? 'nobody meets its conditions'}` };
}

/** Who is named, and under which conditions. */
function given(scope: IConstruct, statements: readonly iam.PolicyStatement[]): string {
  const { Principal, Condition } = statements[0].toJSON();
  return `${readable(scope, Principal)}${Condition ? ` under ${readable(scope, Condition)}` : ''}`;
}

/** A name that no pattern for certain roles fits. */
const NOBODYS_NAME = 'any-principal';

/**
 * Whom the exceptions of a Deny leave out, where they are so wide that it denies nobody in some account.
 *
 * @param denial the Deny, which excepts by `aws:PrincipalArn`
 * @param arns the exceptions
 */
export function guardIsVoid(
  scope: IConstruct, denial: iam.PolicyStatement, arns: readonly string[], request: Given = new Map(),
): Unlimited | undefined {
  const { account } = placeIn(scope);
  const statements = [...readStatements(scope, [denial]), ...ALLOW_EVERYTHING];
  const named = namedIn(statements, account);
  const accounts = [account, strangersAccount(named), ...named.accounts];
  const who = accounts.flatMap((each): Who[] => ['role', 'user'].map((kind) => principalWho(`arn:aws:iam::${each}:${kind}/${NOBODYS_NAME}`)));
  const { actions } = denial;
  const answer = ask({ statements, isKey: true, account, resources: ['arn:aws:any:::this'], actions }, who, actions, { given: request });
  if (answer.answer !== 'yes') { return undefined; }
  const widest = arns.find((arn) => /[*?]/.test(arn)) ?? arns[0];
  return { value: readable(scope, widest), why: `whoever it matches is excepted from ${denial.sid}, so ${sentenceOf({ ...answer, statement: undefined }, account)}` };
}

const ALLOW_EVERYTHING = normalize({ Statement: { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' } });
