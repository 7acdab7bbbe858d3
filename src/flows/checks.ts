import { identitiesAllow, keyPolicyAllows, principalStatement } from './allowed';
import { flowsOf } from './declarations';
import { Estate, shapeOf } from './estate';
import { Flow, IdentityParty, Kind, nameOf } from './flow';
import { KEY_TYPES, keyOf, TargetKey } from './keys';
import { KIND } from './kind';
import { isDocumented, keyActions, KeyStatement, leastKeyActions, serviceStatement } from './needs';
import { statementsIn } from './statements';
import { remembering } from '../policy/remembering';
import { Check, NOT_APPLICABLE, PASS, undetermined, Verdict } from '../rules/rule';
import { viaService } from '../statements/via-service';
import { groupBy } from '../template/group-by';
import { memoize } from '../template/memoize';
import type { Template, TemplateResource } from '../template/template';

interface SetUp {
  readonly estate: Estate;
  /** Those of one target. */
  readonly flowsOf: (target: TemplateResource) => readonly Flow[];
  /** Those that one identity policy allows to somebody by name. */
  readonly flowsBy: (policy: TemplateResource) => readonly IdentityFlow[];
}

interface IdentityFlow {
  readonly flow: Flow;
  readonly party: IdentityParty;
}

/** The flows between a template and those that are checked together with it, worked out once for all of them. */
function setUp(template: Template): SetUp {
  const together = template.surroundings.together?.();
  return together ? setUpTogether(together) : setUpAlone(template);
}

const setUpTogether = remembering((together: readonly Template[]) => withoutChoosing(together, () => setUpBy(together)));
const setUpAlone = memoize((template) => setUpBy([template]));

function setUpBy(templates: readonly Template[]): SetUp {
  const estate = new Estate(templates);
  const flows = flowsOf(estate);
  const byTarget = groupBy(flows, ({ target }) => target);
  const byName = flows.flatMap((flow) => (flow.party.kind === 'identity' && !flow.party.wide ? [{ flow, party: flow.party }] : []));
  const byPolicy = groupBy(byName, ({ party }) => party.policy);
  return { estate, flowsOf: (target) => byTarget.get(target) ?? [], flowsBy: (policy) => byPolicy.get(policy) ?? [] };
}

/** What depends on a condition of any template is unknown meanwhile. */
function withoutChoosing(templates: readonly Template[], work: () => SetUp): SetUp {
  return templates.reduce<() => SetUp>((inner, { conditions }) => () => conditions.withoutChoosing(inner), work)();
}

/** What of a key is needed and missing, as JSON to paste. */
function statementText({ principal, actions, conditions }: KeyStatement): string {
  return JSON.stringify({ Effect: 'Allow', Principal: principal, Action: actions, Resource: '*', Condition: conditions });
}

/** Whether there is a key that somebody could lack. */
function hasKeys({ owner }: TemplateResource): boolean {
  const templates = owner.surroundings.together?.() ?? [owner];
  return templates.some((template) => template.everyOfType(...KEY_TYPES).length > 0);
}

/** Whether every service and every other account that writes to or reads from something may use its key. */
export function partiesHaveKey(kind: Kind): Check {
  return (target) => {
    if (!hasKeys(target)) { return NOT_APPLICABLE; }
    const set = setUp(target.owner);
    const key = keyOf(set.estate, target, kind)?.resource;
    const parties = set.flowsOf(target).filter((flow) => ((flow.party.kind === 'service' && isDocumented(flow.party)) || flow.party.kind === 'principal'));
    if (!key || parties.length === 0) { return NOT_APPLICABLE; }
    const policy = key.get('KeyPolicy');
    if (policy.kind === 'unknown') { return undetermined(`KeyPolicy of ${key.logicalId}: ${policy.reason}`); }
    return first(parties.map((flow) => judgeParty(flow, key)));
  };
}

function judgeParty(flow: Flow, key: TemplateResource): Verdict {
  const { account = '${AWS::AccountId}', region = '${AWS::Region}' } = flow.target.owner.surroundings;
  const { party } = flow;
  const wanted = party.kind === 'service' ? serviceStatement(party, flow.kind, account, region)
    : party.kind === 'principal' ? principalStatement(party, leastKeyActions(flow), viaService(KIND[flow.kind].service, { region })) : undefined;
  if (!wanted || keyPolicyAllows(key, wanted, flow.kind)) { return PASS; }
  if (keyPolicyAllows(key, wanted, flow.kind, true)) { return undetermined(`a condition in KeyPolicy of ${key.logicalId} is known only when the stack is deployed`); }
  if (party.kind === 'principal' && party.limitedBy !== undefined) { return undetermined(`whether everybody whom ${nameOf(flow.by)} limits by ${party.limitedBy} may use its key ${nameOf(key)} is for their own policies`); }
  const who = party.kind === 'service' ? party.service : party.kind === 'principal' ? party.arn : '';
  return failAt([flow.by], `${who} (${nameOf(flow.by)}) ${flow.direction === 'write' ? 'writes to it' : 'reads from it'} and may not use its key ${key.logicalId}: add ${statementText(wanted)}`);
}

/** Whether nobody reads a bucket who cannot use a key at all. */
export const readersCanUseKey: Check = (bucket) => {
  const set = setUp(bucket.owner);
  const readers = set.flowsOf(bucket).filter((flow) => flow.direction === 'read');
  if (readers.length === 0 || !keyOf(set.estate, bucket, 'bucket')) { return NOT_APPLICABLE; }
  const outside = readers.find(({ party }) => party.kind === 'outside');
  return outside?.party.kind === 'outside' ? failAt([outside.by], `it is under a KMS key, and used by ${outside.party.name} (${nameOf(outside.by)}): ${outside.party.reason}`) : PASS;
};

/** Whether an identity policy that gives access to something encrypted gives its key too. */
export const identitiesHaveKey: Check = (policy) => {
  if (!hasKeys(policy)) { return NOT_APPLICABLE; }
  const { estate, flowsBy } = setUp(policy.owner);
  return first(flowsBy(policy).flatMap(({ flow, party }) => {
    const key = keyOf(estate, flow.target, flow.kind);
    return key?.resource ? [judgeIdentity(estate, flow, party, key)] : [];
  }));
};

function judgeIdentity(estate: Estate, flow: Flow, party: IdentityParty, key: TargetKey): Verdict {
  const actions = keyActions(flow);
  const through = viaService(KIND[flow.kind].service, { region: flow.target.owner.surroundings.region });
  const isNamed = party.holders.some((holder) => isNamedIn(key.resource!, holder));
  if (isNamed || identitiesAllow(estate, party, key, leastKeyActions(flow), { ...flow, viaService: through })) { return PASS; }
  const elsewhere = party.holders.find(hasOtherPolicies);
  if (elsewhere) { return undetermined(`${nameOf(elsewhere)} has managed policies that are not in the template`); }
  const who = party.holders.length > 0 ? party.holders.map(nameOf).join(', ') : 'whoever has the policy';
  return failAt([flow.target, ...party.holders], `${who} may ${flow.direction === 'write' ? 'write to' : 'read from'} ${nameOf(flow.target)} and may not use its key ${nameOf(key.resource!)}: add `
    + JSON.stringify({ Effect: 'Allow', Action: actions, Resource: `\${${key.resource!.logicalId}.Arn}`, Condition: { StringEquals: { 'kms:ViaService': through } } }));
}

/** Whether the key's own policy names a role or user: that is enough. */
function isNamedIn(key: TemplateResource, holder: TemplateResource): boolean {
  return statementsIn(key.get('KeyPolicy')).some(({ allows, principals }) => allows && principals.some(({ target }) => target === holder));
}

/** Managed policies elsewhere, but for those of AWS for service roles, which know no keys of yours. */
function hasOtherPolicies(holder: TemplateResource): boolean {
  return holder.get('ManagedPolicyArns').items().some((arn) => !(arn.kind === 'value' && arn.target) && !/:aws:policy\/service-role\//.test(shapeOf(arn) ?? ''));
}

/** A failure between two ends, of which the rule is asked of one. */
function failAt(others: readonly TemplateResource[], detail: string): Verdict {
  return { kind: 'fail', detail, others: [others] };
}

/** The first failure, with the other ends of them all; else what is not known. */
function first(verdicts: readonly Verdict[]): Verdict {
  const failures = verdicts.filter((verdict): verdict is Extract<Verdict, { kind: 'fail' }> => verdict.kind === 'fail');
  if (failures.length > 0) { return { ...failures[0], others: failures.flatMap(({ others = [[]] }) => others) }; }
  return verdicts.find(({ kind }) => kind === 'undetermined') ?? verdicts[0] ?? NOT_APPLICABLE;
}
