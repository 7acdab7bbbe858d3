import { createHash } from 'node:crypto';
import { NOT_SEEN } from './access';
import type { AtRest, NotRead, ReportDocument, ReportedResource, ReportedRule, Summary } from './document';
import { Asked, EstateAccess } from './estate-access';
import type { ReportInput } from './input';
import { reportedFlows } from './reported-flows';
import { reportedResource } from './resource';
import { isPartOfCluster, isProtectedType, Status } from '../checks/inventory';
import { PACK_NAME } from '../checks/rule-table';
import { rule as everythingRead } from '../cloudformation/rules/everything-read';
import type { Rule } from '../rules/rule';
import { rowOfType } from '../table/row-of-type';
import type { TemplateResource } from '../template/template';

export interface ReportOptions {
  readonly rules: readonly Rule[];
  readonly version: string;
  readonly time: string;
  readonly commit?: string;
  /** What could not be read as a template at all. */
  readonly failures: readonly NotRead[];
  readonly notes?: readonly string[];
  /** Whether somebody asked for a type, where only some are reported. */
  readonly isAsked?: (type: string) => boolean;
}

/** Everything that a report says, from templates: those of one group see each other. */
export function buildReport(groups: ReadonlyArray<readonly ReportInput[]>, options: ReportOptions): ReportDocument {
  const { rules, version, time, commit, failures, notes = [], isAsked = () => true } = options;
  const parts = groups.map((group) => partOf(group, isAsked));
  const resources = parts.flatMap((part) => part.resources);
  const notRead = [...failures, ...parts.flatMap((part) => part.notRead)];
  return {
    schemaVersion: 1,
    tool: 'cdk-encryption',
    version,
    rulesVersion: createHash('sha256').update(JSON.stringify(rules)).digest('hex').slice(0, 12),
    rules: rules.length,
    rulesApplied: appliedOf(rules, resources),
    time,
    ...(commit === undefined ? {} : { commit }),
    templates: groups.flat().map(({ file, stack, account, region }) => ({ file, stack, account, region })),
    summary: summaryOf(resources, notRead.length),
    resources,
    certificates: parts.flatMap((part) => part.certificates),
    flows: parts.flatMap((part) => part.flows),
    notRead,
    notes,
    notSeen: NOT_SEEN,
  };
}

function partOf(group: readonly ReportInput[], isAsked: (type: string) => boolean) {
  const inputOf = new Map(group.map((input) => [input.template, input]));
  const nameOf = (resource: TemplateResource) => inputOf.get(resource.owner)!.nameOf(resource);
  const estate = new EstateAccess(group.map(({ template }) => template), nameOf);
  const asked = new Map<TemplateResource, Asked[]>();
  for (const each of estate.asked) { asked.set(each.resource, [...(asked.get(each.resource) ?? []), each]); }
  const resources = group.flatMap((input) => input.template.all().filter((resource) => isListed(resource, input) && isAsked(resource.type))
    .map((resource) => reportedResource(resource, { input, estate, asked: asked.get(resource) ?? [], nameOf })));
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

/** Every resource of the table, of a service that has a folder of its own, and whatever a rule objects to or a team has rules for. */
const isListed = (resource: TemplateResource, { judged }: ReportInput) => resource.owner.isMade(resource) && !isPartOfCluster(resource)
  && (isProtectedType(resource.type) || rowOfType(resource.type) !== undefined
    || judged(resource).some(({ rule, kind }) => rule.id !== everythingRead.id && (kind !== 'pass' || !rule.id.startsWith(`${PACK_NAME}-`))));

/** What rules of whole templates and of resources that stand for others say was not read. */
function notReadIn({ template, nameOf, judged, file, stack }: ReportInput): NotRead[] {
  return [template.whole, ...template.all()].flatMap((resource) => judged(resource)
    .filter(({ rule, kind }) => rule.id === everythingRead.id && kind === 'undetermined')
    .map(({ detail = '' }) => ({ where: resource === template.whole ? stack ?? file : nameOf(resource), reason: detail })));
}

function appliedOf(rules: readonly Rule[], resources: readonly ReportedResource[]): ReportedRule[] {
  const applied = new Set(resources.flatMap(({ passed, failed, undetermined }) => [...passed, ...failed, ...undetermined]));
  return rules.filter(({ id }) => applied.has(id))
    .map(({ id, severity, guards, info, why, see, controls }) => ({ id, severity, guards, info, why, see, controls }));
}

const STATUSES: readonly Status[] = ['yes', 'no', 'unknown', 'does not apply'];
const AT_REST: readonly AtRest[] = ['yes', 'AWS-managed', 'AWS-owned', 'no', 'unknown', 'does not apply'];

function summaryOf(resources: readonly ReportedResource[], notRead: number): Summary {
  const data = resources.filter(({ keyDetails }) => !keyDetails);
  const count = <T extends string>(statuses: readonly T[], of: (resource: ReportedResource) => T) => Object.fromEntries(
    statuses.map((status) => [status, data.filter((each) => of(each) === status).length])) as Record<T, number>;
  const encrypted = data.filter(({ atRest }) => ['yes', 'AWS-managed', 'AWS-owned'].includes(atRest));
  const under = (owner: ReportedResource['keyOwner']) => encrypted.filter(({ keyOwner }) => keyOwner === owner).length;
  const findings = resources.flatMap((each) => each.findings);
  return {
    resources: data.length,
    keys: resources.length - data.length,
    atRest: count(AT_REST, ({ atRest }) => atRest),
    inTransit: count(STATUSES, ({ inTransit }) => inTransit),
    underCustomerKey: under('customer'),
    underAwsKey: under('AWS'),
    failed: findings.filter(({ level }) => level === 'error' || level === 'warning').length,
    undetermined: findings.filter(({ level }) => level === 'undetermined').length,
    exceptions: resources.reduce((sum, { exceptions }) => sum + exceptions.length, 0),
    notRead,
  };
}
