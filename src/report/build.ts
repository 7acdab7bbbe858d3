import { createHash } from 'node:crypto';
import { Access, CAPABILITIES, Capability, NOT_SEEN } from './access';
import type { NotRead, ReportDocument, ReportedException, ReportedFinding, ReportedResource, ReportedTemplate, Summary } from './document';
import { Asked, EstateAccess } from './estate-access';
import { evidenceOf, keyDetailsOf, tlsOf } from './evidence';
import { reportedFlows } from './reported-flows';
import { keyPathOf, protectedResources, rowOf, Status } from '../checks/inventory';
import { allowedIn } from '../flows/finders';
import { isKey, namesManagedKey } from '../kms/keys';
import type { Rule } from '../rules/rule';
import type { Template, TemplateResource } from '../template/template';

/** A template as it goes into a report. */
export interface ReportInput extends ReportedTemplate {
  readonly template: Template;
  readonly nameOf: (resource: TemplateResource) => string;
  readonly lineOf: (resource: TemplateResource) => number | undefined;
  /** What rules say of a resource, as far as they concern it. */
  readonly judged: (resource: TemplateResource) => readonly JudgedByRule[];
}

/** What a rule says of a resource. */
export interface JudgedByRule {
  readonly rule: Rule;
  readonly kind: 'pass' | 'fail' | 'undetermined';
  readonly detail?: string;
  /** The file and line of the code that made the resource, where the assembly knows them. */
  readonly source?: string;
  /** Why it is accepted, where it is. */
  readonly exception?: Omit<ReportedException, 'rule'>;
}

export interface ReportOptions {
  readonly rules: readonly Rule[];
  readonly version: string;
  readonly time: string;
  readonly commit?: string;
  /** What could not be read as a template at all. */
  readonly failures: readonly NotRead[];
}

/** Everything that a report says, from templates: those of one group see each other. */
export function buildReport(groups: ReadonlyArray<readonly ReportInput[]>, options: ReportOptions): ReportDocument {
  const { rules, version, time, commit, failures } = options;
  const parts = groups.map((group) => partOf(group));
  const resources = parts.flatMap((part) => part.resources);
  const notRead = [...failures, ...parts.flatMap((part) => part.notRead)];
  return {
    tool: 'cdk-encryption',
    version,
    rulesVersion: createHash('sha256').update(JSON.stringify(rules)).digest('hex').slice(0, 12),
    rules: rules.length,
    time,
    ...(commit === undefined ? {} : { commit }),
    templates: groups.flat().map(({ file, stack, account, region }) => ({ file, stack, account, region })),
    summary: summaryOf(resources, notRead.length),
    resources,
    certificates: parts.flatMap((part) => part.certificates),
    flows: parts.flatMap((part) => part.flows),
    notRead,
    notSeen: NOT_SEEN,
  };
}

function partOf(group: readonly ReportInput[]) {
  const inputOf = new Map(group.map((input) => [input.template, input]));
  const nameOf = (resource: TemplateResource) => inputOf.get(resource.owner)!.nameOf(resource);
  const estate = new EstateAccess(group.map(({ template }) => template), nameOf);
  const asked = new Map(estate.asked.map((each) => [each.resource, each]));
  const resources = group.flatMap((input) => protectedResources(input.template)
    .map((resource) => reportedResource(resource, input, estate, asked.get(resource), nameOf)));
  const transit = new Map(resources.map(({ resource, inTransit }) => [resource, inTransit]));
  return {
    resources,
    certificates: estate.estate.ofType('AWS::CertificateManager::Certificate').map((certificate) => ({
      resource: nameOf(certificate), domain: certificate.get('DomainName').shown, keyAlgorithm: certificate.get('KeyAlgorithm').or('RSA_2048').shown,
    })),
    flows: reportedFlows(estate.estate, nameOf, transit),
    notRead: group.flatMap((input) => notReadIn(input)),
  };
}

function reportedResource(
  resource: TemplateResource, input: ReportInput, estate: EstateAccess, asked: Asked | undefined,
  nameOf: (resource: TemplateResource) => string,
): ReportedResource {
  const judged = input.judged(resource);
  const of = (kind: JudgedByRule['kind']) => judged.filter((each) => each.kind === kind).map(({ rule }) => rule);
  const details = keyDetailsOf(resource);
  // A policy may stand in another template, whose lines are others.
  const lineOf = (other: TemplateResource) => (other.owner === resource.owner ? input.lineOf(other) : undefined);
  const row = rowOf(resource, judged, nameOf);
  const can = (each: Capability) => (asked ? estate.who(asked, each) : []);
  return {
    resource: nameOf(resource),
    logicalId: resource.logicalId,
    type: resource.type,
    kind: row.kind,
    stack: input.stack,
    account: input.account,
    region: input.region,
    file: input.file,
    line: input.lineOf(resource),
    key: row.key,
    keyOwner: keyOwnerOf(resource),
    atRest: row.atRest,
    inTransit: row.inTransit,
    tls: tlsOf(resource),
    ...(details ? { keyDetails: { ...details, policy: policySummary(can) } } : {}),
    evidence: evidenceOf(resource, allowedIn(estate.estate).resourcePoliciesOf.get(resource) ?? [], keyPathOf(resource.type), lineOf),
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

function keyOwnerOf(resource: TemplateResource): ReportedResource['keyOwner'] {
  const path = keyPathOf(resource.type);
  if (isKey(resource)) { return 'customer'; }
  return path === undefined ? 'none' : resource.get(...path).match({
    absent: () => 'none', unknown: ({ shape }) => (namesManagedKey(shape) ? 'AWS' : 'unknown'), value: ({ text }) => (text === '' ? 'none' : namesManagedKey(text) ? 'AWS' : 'customer'),
  });
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

/** What rules of whole templates and of resources that stand for others say was not read. */
function notReadIn({ template, nameOf, judged, file, stack }: ReportInput): NotRead[] {
  return [template.whole, ...template.all()].flatMap((resource) => judged(resource)
    .filter(({ rule, kind }) => rule.id === 'Encryption-CloudFormationEverythingRead' && kind === 'undetermined')
    .map(({ detail = '' }) => ({ where: resource === template.whole ? stack ?? file : nameOf(resource), reason: detail })));
}

function summaryOf(resources: readonly ReportedResource[], notRead: number): Summary {
  const data = resources.filter(({ keyDetails }) => !keyDetails);
  const count = (of: (resource: ReportedResource) => Status): Record<Status, number> => ({
    'yes': data.filter((each) => of(each) === 'yes').length,
    'no': data.filter((each) => of(each) === 'no').length,
    'unknown': data.filter((each) => of(each) === 'unknown').length,
    'does not apply': data.filter((each) => of(each) === 'does not apply').length,
  });
  const findings = resources.flatMap((each) => each.findings);
  return {
    resources: data.length,
    keys: resources.length - data.length,
    atRest: count(({ atRest }) => atRest),
    inTransit: count(({ inTransit }) => inTransit),
    underCustomerKey: data.filter(({ keyOwner, atRest }) => atRest === 'yes' && keyOwner === 'customer').length,
    failed: findings.filter(({ level }) => level === 'error' || level === 'warning').length,
    undetermined: findings.filter(({ level }) => level === 'undetermined').length,
    exceptions: resources.reduce((sum, { exceptions }) => sum + exceptions.length, 0),
    notRead,
  };
}
