import { ofKey } from './guarded-key';
import { ask, Guarded, namedPrincipals } from '../policy/asked';
import { OWN_REGION } from '../policy/physical-names';
import type { Answer, Given } from '../policy/question';
import { nameOf, Statement } from '../policy/statement';
import { everybodyIn } from '../policy/who';
import { somebodyMay } from '../rules/answers';
import { fail } from '../rules/rule';

/** Whether somebody of the account could change the policy, after every Deny. */
export function askWhoManages(guarded: Guarded): Answer {
  const { account } = guarded;
  const who = [...everybodyIn(account), ...namedPrincipals(guarded, account)];
  const [first, ...others] = regionsOf(guarded).map((region) => ask(guarded, who, ['kms:PutKeyPolicy'], { given: requestIn(region) }));
  const isOtherwise = others.some(({ answer }) => answer !== first.answer);
  const denied = isOtherwise ? [first, ...others].find(({ answer }) => answer !== 'yes') : undefined;
  return denied && denied.answer !== 'yes' ? { answer: 'unknown', statement: denied.statement, reason: `the Region of the stack, which is not known, is one in which ${denied.reason}` } : first;
}

const REGION = 'aws:requestedregion';

/** A key is managed in its own Region. Where that is not known: each that the policy tells apart; none where it tells none apart. */
function regionsOf({ resources: [arn], statements }: Guarded): ReadonlyArray<string | undefined> {
  const region = arn.split(':')[3];
  if (region && region !== OWN_REGION) { return [region]; }
  const named = statements.flatMap(({ conditions }) => conditions.flatMap(({ key, values }) => (key === REGION ? values : [])));
  return named.length === 0 ? [undefined] : [...new Set([OWN_REGION, ...named.map((value) => value.replace(/\*/g, 'any').replace(/\?/g, 'x'))])];
}

/**
 * A request that comes from the caller: of the services that `kms:ViaService` can name, which CloudFormation is not among, none changes the policy of a key
 * on somebody's behalf.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#viaService_table
 */
function requestIn(region: string | undefined): Given {
  const known = requests.get(region) ?? new Map([['kms:viaservice', undefined], ...(region === undefined ? [] : [[REGION, [region]] as const])]);
  requests.set(region, known);
  return known;
}

/** The same object for the same Region: there are few, and what is found out about one counts for all. */
const requests = new Map<string | undefined, Given>();

/**
 * The Deny that may lock out those whom its NotPrincipal names, and with them everybody: they are denied too where their account is not named beside
 * them, and where they do not exist.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
export function deniesWhoIsSpared(guarded: Guarded, { answer }: Answer): Statement | undefined {
  const by = answer === 'unknown' ? guarded.statements.find(sparesByName) : undefined;
  return by && askWhoManages(sparingNobody(guarded)).answer === 'no' ? by : undefined;
}

const sparesByName = ({ effect, principals }: Statement) => effect === 'Deny' && principals?.negated === true;

/** The policy if nobody were whom a NotPrincipal names. */
function sparingNobody(guarded: Guarded): Guarded {
  const principals = { negated: true, items: [] };
  return { ...guarded, statements: guarded.statements.map((statement) => (sparesByName(statement) ? { ...statement, principals } : statement)) };
}

const LOCKED_OUT = 'nobody of the account can change the policy, only AWS Support could';

export const somebodyManages = ofKey((guarded) => {
  const answer = askWhoManages(guarded);
  const by = deniesWhoIsSpared(guarded, answer);
  return by && by.unknown === undefined ? fail(`${LOCKED_OUT}: ${nameOf(by)} denies everybody but whom its NotPrincipal names, and denies them too where they do not exist or their account is not named beside them`)
    : somebodyMay(answer, LOCKED_OUT);
});
