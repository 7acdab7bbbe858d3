import { pick, randomOf } from './mutations';
import { outsider } from './outsiders';
import { conditionsIn, sentWith } from './policy-comparison';
import { simulate } from './policy-simulation';
import { OWN, PolicyMaker, RESOURCES } from './random-policies';
import { actionsOn, worksAcrossAccounts } from '../../src/policy/actions';
import { couldAnybody } from '../../src/policy/could-anybody';
import type { Request } from '../../src/policy/decide';
import { normalize } from '../../src/policy/normal-form';
import { STRANGERS } from '../../src/policy/who';

export interface SymbolicComparison {
  readonly counts: { yes: number; no: number; unknown: number; skipped: number };
  /** What the engine denies everybody, and the simulator allows somebody. */
  readonly wrongNo: string[];
  /** What the engine allows, and the simulator does not. */
  readonly wrongYes: string[];
}

/** What the account of somebody else allows its own: everything. */
const EVERYTHING = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };

/** Asks about strangers in generated policies, and has iam-simulate judge the answers. */
export async function compareAnswers(policies: number, outsiders: number, seed: number): Promise<SymbolicComparison> {
  const random = randomOf(seed);
  const compared: SymbolicComparison = { counts: { yes: 0, no: 0, unknown: 0, skipped: 0 }, wrongNo: [], wrongYes: [] };
  for (let index = 0; index < policies; index++) {
    const owned = pick(random, RESOURCES);
    const resource = new PolicyMaker(random, owned).policy();
    const action = pick(random, actionsOn(owned.on).filter(worksAcrossAccounts));
    const isSent = await sentWith(action);
    const isAllowed = async (request: Request) => simulate(request, { resource, identity: request.caller.kind === 'identity' ? [EVERYTHING] : [] });
    const answer = couldAnybody({ who: STRANGERS, actions: [action], resources: [owned.arn], account: OWN, identity: 'everything' }, { resource: normalize(resource), isKey: owned.on === 'key' });
    compared.counts[answer.answer]++;
    if (answer.answer === 'yes') {
      // The engine's table says less about which action sends which key than AWS's reference does.
      if ([...answer.witness.context.keys()].some((key) => !isSent(key))) { compared.counts.skipped++; continue; }
      const said = await isAllowed(answer.witness);
      if (typeof said !== 'string') { compared.counts.skipped++; continue; }
      if (said !== 'allowed' && !isKnownDifference(resource)) { compared.wrongYes.push(shown({ said, witness: answer.witness, resource })); }
    }
    if (answer.answer !== 'no') { continue; }
    const names = namesIn(resource);
    for (let each = 0; each < outsiders; each++) {
      const request = outsider(random, action, owned.arn, names, isSent);
      const said = await isAllowed(request);
      if (typeof said !== 'string') { compared.counts.skipped++; }
      if (said === 'allowed' && !isKnownDifference(resource)) { compared.wrongNo.push(shown({ reason: answer.reason, request, resource })); break; }
    }
  }
  return compared;
}

/** Where the simulator differs from AWS's pages: see docs/proof.md. */
export function isKnownDifference(policy: unknown): boolean {
  return conditionsIn(policy).some(({ operator, values }) => values.some((value) => (/Not/.test(operator) && value.includes('${aws:')) || (/IgnoreCase/.test(operator) && value.includes('${*}')) || value.endsWith('/0')));
}

/** The condition keys of which a policy speaks. */
const namesIn = (policy: unknown) => new Set(conditionsIn(policy).map(({ key }) => key));

const shown = (value: unknown) => JSON.stringify(value, (_, inner) => (inner instanceof Map ? Object.fromEntries(inner) : inner));
