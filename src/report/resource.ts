import { Access, CAPABILITIES, Capability } from './access';
import type { AtRest, ReportedFinding, ReportedResource } from './document';
import type { Asked, EstateAccess } from './estate-access';
import { evidenceOf, LineOf } from './evidence';
import type { JudgedByRule, ReportInput } from './input';
import { keyDetailsOf, tlsOf } from './key-details';
import { factsOf, namedKeys, TableFacts } from './table-facts';
import { kindOf, keyPathOf, keysOf, statusOf } from '../checks/inventory';
import { allowedIn } from '../flows/finders';
import { isKey, namesManagedKey } from '../kms/keys';
import type { Rule } from '../rules/rule';
import type { TemplateResource } from '../template/template';

/** What is known around a resource. */
export interface Around {
  readonly input: ReportInput;
  readonly estate: EstateAccess;
  readonly asked: readonly Asked[];
  readonly nameOf: (resource: TemplateResource) => string;
}

/** A resource, as a report has it. */
export function reportedResource(resource: TemplateResource, { input, estate, asked, nameOf }: Around): ReportedResource {
  const judged = input.judged(resource);
  const of = (kind: JudgedByRule['kind']) => judged.filter((each) => each.kind === kind).map(({ rule }) => rule);
  const details = keyDetailsOf(resource);
  const facts = factsOf(resource);
  // A policy may stand in another template, whose lines are others.
  const lineOf: LineOf = (other, property) => (other.owner === resource.owner ? input.lineOf(other, property) : undefined);
  const atRest = atRestOf(resource, judged, facts);
  const own = keysOf(resource, nameOf);
  const named = keysNamed(resource, nameOf);
  const can = (each: Capability) => asked.flatMap((one) => estate.who(one, each));
  return {
    resource: nameOf(resource),
    logicalId: resource.logicalId,
    type: resource.type,
    kind: kindOf(resource.type),
    stack: input.stack,
    account: input.account,
    region: input.region,
    file: input.file,
    line: input.lineOf(resource),
    key: own[0] ?? (named.length === 0 ? '-' : named.join(', ')),
    keys: [...new Set([...own.filter((key) => !key.startsWith('none')), ...named])],
    keyOwner: keyOwnerOf(resource, facts, atRest),
    atRest,
    inTransit: inTransitOf(judged, facts),
    tls: tlsOf(resource),
    ...(details ? { keyDetails: { ...details, policy: policySummary(can) } } : {}),
    evidence: evidenceOf(resource, allowedIn(estate.estate).resourcePoliciesOf.get(resource) ?? [], lineOf),
    source: judged.find(({ source }) => source !== undefined)?.source,
    findings: judged.flatMap(findingOf),
    exceptions: judged.flatMap(({ rule, exception }) => (exception ? [{ rule: rule.id, ...exception }] : [])),
    passed: of('pass').map(({ id }) => id),
    failed: of('fail').map(({ id }) => id),
    undetermined: of('undetermined').map(({ id }) => id),
    controls: controlsOf(of('pass'), of('fail'), of('undetermined')),
    access: (details ? CAPABILITY_NAMES : ['decrypt', 'encrypt'] as const).flatMap((each) => can(each)).map(accessOf),
  };
}

/** The names of the keys that the table knows of. */
const keysNamed = (resource: TemplateResource, nameOf: Around['nameOf']) => [...new Set(namedKeys(resource)
  .map((read) => (read.kind === 'value' ? (read.target ? nameOf(read.target) : read.text) : read.stack === undefined ? read.shown : `of ${read.stack}`)).filter((name) => name !== ''))];

/** What somebody who uploads may choose: the bucket encrypts what comes without a choice all the same. */
const ABOUT_OTHERS: ReadonlySet<string> = new Set(['Encryption-S3BucketUploadsUnderItsKey']);

/** What the rules say; a rule that asks for a key of yours does not make data that AWS encrypts unencrypted. */
function atRestOf(resource: TemplateResource, judged: readonly JudgedByRule[], facts: TableFacts | undefined): AtRest {
  const status = statusOf(isKey(resource) ? 'key' : 'at rest', judged.filter(({ rule }) => !ABOUT_OTHERS.has(rule.id)));
  if (status === 'does not apply') { return facts?.atRest ?? status; }
  if (status !== 'no' || !facts) { return status; }
  const failed = judged.filter(({ rule, kind }) => kind === 'fail' && !ABOUT_OTHERS.has(rule.id) && rule.guards === 'at rest' && rule.severity !== 'info');
  const isAboutOwner = failed.every(({ rule }) => /CustomerKey$/.test(rule.id));
  return isAboutOwner && facts.atRest !== undefined && facts.atRest !== 'yes' ? facts.atRest : status;
}

function inTransitOf(judged: readonly JudgedByRule[], facts: TableFacts | undefined): ReportedResource['inTransit'] {
  const status = statusOf('in transit', judged);
  return status === 'does not apply' && facts?.isAlwaysTls ? 'yes' : status;
}

/** Whose key it is; what is encrypted under a key that nobody names is under one of AWS. */
function keyOwnerOf(resource: TemplateResource, facts: TableFacts | undefined, atRest: AtRest): ReportedResource['keyOwner'] {
  if (isKey(resource)) { return 'customer'; }
  const path = keyPathOf(resource.type);
  const owner = path === undefined ? ownerByFacts(facts) : resource.get(...path).match({
    absent: () => 'none' as const,
    unknown: ({ shape }) => (namesManagedKey(shape) ? 'AWS' as const : 'unknown' as const),
    value: ({ text }) => (text === '' ? 'none' as const : namesManagedKey(text) ? 'AWS' as const : 'customer' as const),
  });
  return owner === 'none' && ['yes', 'AWS-managed', 'AWS-owned'].includes(atRest) ? 'AWS' : owner;
}

function ownerByFacts(facts: TableFacts | undefined): ReportedResource['keyOwner'] {
  switch (facts?.atRest) {
    case 'yes': return 'customer';
    case 'AWS-managed': case 'AWS-owned': return 'AWS';
    case 'unknown': return 'unknown';
    default: return 'none';
  }
}

const CAPABILITY_NAMES = Object.keys(CAPABILITIES) as Capability[];

function findingOf({ rule, kind, detail = '', exception }: JudgedByRule): ReportedFinding[] {
  return kind === 'pass' || exception ? [] : [{ rule: rule.id, level: kind === 'fail' ? rule.severity : 'undetermined', detail }];
}

function accessOf({ can, who, kind, by, certainty, through, note, conditions }: Access): ReportedResource['access'][number] {
  return { can, who, kind, by, certainty, through, note, ...(conditions.length > 0 ? { conditions } : {}) };
}

function policySummary(can: (each: Capability) => readonly Access[]): Record<string, string[]> {
  const names = CAPABILITY_NAMES.map((each): [string, string[]] => [each, can(each).map(({ who }) => who)]);
  return Object.fromEntries(names.filter(([, found]) => found.length > 0));
}

/** The controls of rules, as `fsbp:S3.17`. */
const labels = (rules: readonly Rule[]) => new Set(rules.flatMap(({ controls }) => Object.entries(controls).flatMap(([standard, ids]) => (ids as string[]).map((id) => `${standard}:${id}`))));

function controlsOf(passed: readonly Rule[], failed: readonly Rule[], undetermined: readonly Rule[]): ReportedResource['controls'] {
  const [bad, open] = [labels(failed), labels(undetermined)];
  return {
    passed: [...labels(passed)].filter((label) => !bad.has(label) && !open.has(label)).sort(),
    failed: [...bad].sort(),
    undetermined: [...open].filter((label) => !bad.has(label)).sort(),
  };
}
