import { uuidOf } from './uuid';
import type { ReportDocument, ReportedResource, ReportedRule } from '../document';

/** The version of OSCAL that is written. */
export const OSCAL_VERSION = '1.2.1';

const NS = 'https://github.com/cdk-encryption-constructs/cdk-encryption-constructs/ns/oscal';
const RULES_PAGE = 'https://github.com/cdk-encryption-constructs/cdk-encryption-constructs/blob/main/RULES.md';

type Json = Record<string, unknown>;
type Kind = 'passed' | 'failed' | 'undetermined';

/**
 * Assessment results in NIST's Open Security Controls Assessment Language: a finding for each control of NIST SP 800-53 that rules answer, with
 * what each rule observed of each resource, and exceptions as risks whose deviation is approved.
 *
 * @see https://pages.nist.gov/OSCAL-Reference/models/v1.2.1/assessment-results/json-reference/
 */
export function oscalReport(report: ReportDocument): string {
  const results = new Results(report);
  const result = results.result();
  const plan = uuidOf('plan', report.rulesVersion);
  return JSON.stringify({
    'assessment-results': {
      'uuid': uuidOf('document', report.time, JSON.stringify(result)),
      'metadata': {
        'title': 'Encryption of data, as templates show it',
        'last-modified': report.time,
        'version': text(report.commit ?? report.time),
        'oscal-version': OSCAL_VERSION,
        'props': props({ 'tool-version': report.version, 'rules-version': report.rulesVersion, 'commit': report.commit }),
      },
      'import-ap': { href: `#${plan}` },
      'results': [result],
      'back-matter': {
        resources: [{
          uuid: plan,
          title: `The rules of cdk-encryption-constructs ${title(report.version)}`,
          description: `${report.rules} rules are asked about each resource.`,
          rlinks: [{ href: RULES_PAGE }],
        }],
      },
    },
  }, undefined, 2);
}

class Results {
  private readonly ruleOf: ReadonlyMap<string, ReportedRule>;
  private readonly observations: Json[] = [];
  private readonly risks: Json[] = [];
  /** Rule → its observations. */
  private readonly observed = new Map<string, string[]>();
  private readonly accepted = new Map<string, string[]>();

  constructor(private readonly report: ReportDocument) {
    this.ruleOf = new Map(report.rulesApplied.map((rule) => [rule.id, rule]));
  }

  public result(): Json {
    const { report } = this;
    report.rulesApplied.forEach((rule) => this.observe(rule));
    const controls = this.controls();
    return {
      'uuid': uuidOf('result', report.time, report.rulesVersion),
      'title': 'What templates show of encryption',
      'description': 'Rules of cdk-encryption-constructs were asked about every resource of AWS CloudFormation templates. Nothing was deployed, and no account was looked at.',
      'start': report.time,
      'end': report.time,
      'local-definitions': listed({ 'inventory-items': report.resources.map(inventoryItem) }),
      'reviewed-controls': {
        'control-selections': [controls.length === 0
          // OSCAL asks for one.
          ? { 'description': 'No resource was found that a rule is about.', 'include-controls': [{ 'control-id': 'sc-28' }] }
          : { 'include-controls': controls.map(({ id }) => ({ 'control-id': id })) }],
      },
      ...listed({ observations: this.observations, risks: this.risks, findings: controls.map((control) => this.finding(control)) }),
      'remarks': prose([
        ...report.notRead.map(({ where, reason }) => `Not read: ${[where, reason].filter(Boolean).join(': ')}.`), ...report.notes, `No template shows: ${report.notSeen.join('; ')}.`,
      ].join('\n\n')),
    };
  }

  /** What a rule says: of all resources with which it is content at once, of each other one by itself. */
  private observe(rule: ReportedRule): void {
    const of = (kind: Kind) => this.report.resources.filter((resource) => resource[kind].includes(rule.id));
    const passed = of('passed');
    if (passed.length > 0) { this.add(rule, 'passed', passed, `${rule.info} So it is.`); }
    for (const kind of ['failed', 'undetermined'] as const) {
      for (const resource of of(kind)) {
        const exception = resource.exceptions.find((each) => each.rule === rule.id);
        const detail = resource.findings.find((finding) => finding.rule === rule.id)?.detail ?? exception?.reason ?? '';
        const observation = this.add(rule, kind, [resource], `${rule.info} ${kind === 'failed' ? 'It is not so' : 'The template does not show it'}: ${detail}`);
        if (exception) { this.accept(rule, resource, exception, observation); }
      }
    }
  }

  private add(rule: ReportedRule, kind: Kind, resources: readonly ReportedResource[], description: string): string {
    const uuid = uuidOf('observation', rule.id, kind, ...resources.map(idOf));
    this.observed.set(rule.id, [...this.observed.get(rule.id) ?? [], uuid]);
    this.observations.push({
      uuid,
      title: rule.id,
      description: prose(description),
      props: props({ 'rule-id': rule.id, 'result': kind, 'severity': rule.severity, 'controls': labelsOf(rule).join(' ') }),
      methods: ['TEST'],
      types: ['finding'],
      subjects: resources.map((resource) => ({ 'subject-uuid': uuidOf('resource', idOf(resource)), 'type': 'inventory-item', 'title': title(resource.resource) })),
      ...listed({ 'relevant-evidence': resources.length > 1 ? [] : evidenceOf(resources[0], rule.guards) }),
      collected: this.report.time,
    });
    return uuid;
  }

  private accept(rule: ReportedRule, resource: ReportedResource, { reason, author, expires }: ReportedResource['exceptions'][number], observation: string): void {
    const uuid = uuidOf('risk', rule.id, idOf(resource));
    this.accepted.set(rule.id, [...this.accepted.get(rule.id) ?? [], uuid]);
    this.risks.push({
      uuid,
      'title': `${rule.id} is accepted for ${title(resource.resource)}`,
      'description': prose(rule.why),
      'statement': prose(`${reason}${author === undefined ? '' : ` (${author})`}`),
      'status': 'deviation-approved',
      ...(expires === undefined ? {} : { deadline: `${expires}T23:59:59Z` }),
      'related-observations': [{ 'observation-uuid': observation }],
    });
  }

  /** The controls of NIST SP 800-53, in order. */
  private controls(): Array<{ readonly label: string; readonly id: string }> {
    const found = new Set([...this.ruleOf.values()].flatMap(({ controls }) => controls.nist ?? []));
    return [...found].sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).map((label) => ({ label, id: controlId(label) }));
  }

  private finding({ label, id }: { readonly label: string; readonly id: string }): Json {
    const rules = this.report.rulesApplied.filter(({ controls }) => controls.nist?.includes(label)).map((rule) => rule.id);
    const some = (kind: Kind) => this.report.resources.filter((resource) => resource[kind].some((rule) => rules.includes(rule))).length;
    const [failed, open] = [some('failed'), some('undetermined')];
    const status = failed > 0 ? { state: 'not-satisfied', reason: 'fail', remarks: `${failed} resources do not meet it.` }
      : open > 0 ? { state: 'not-satisfied', reason: 'other', remarks: `Of ${open} resources the templates do not show it.` } : { state: 'satisfied', reason: 'pass' };
    return {
      uuid: uuidOf('finding', id),
      title: `${label}, as far as encryption concerns it`,
      description: `Rules that answer ${label}: ${rules.join(', ')}. They see what encryption has to do with the control, and no more of it.`,
      target: { 'type': 'statement-id', 'target-id': `${id}_smt`, status },
      ...listed({
        'related-observations': rules.flatMap((rule) => this.observed.get(rule) ?? []).map((uuid) => ({ 'observation-uuid': uuid })),
        'related-risks': rules.flatMap((rule) => this.accepted.get(rule) ?? []).map((uuid) => ({ 'risk-uuid': uuid })),
      }),
    };
  }
}

const idOf = ({ file, resource, logicalId }: ReportedResource) => `${file}#${resource}#${logicalId}`;

/** As NIST's catalog has it: `sc-12.2` of `SC-12(2)`. */
const controlId = (label: string) => label.toLowerCase().replace(/\((\d+)\)/g, '.$1');

const labelsOf = ({ controls }: ReportedRule) => Object.entries(controls).flatMap(([standard, ids]) => (ids as string[]).map((id) => `${standard}:${id}`));

function inventoryItem(resource: ReportedResource): Json {
  const { type, logicalId, account, region, stack, key, atRest, inTransit, source, file, line } = resource;
  return {
    uuid: uuidOf('resource', idOf(resource)),
    description: prose(`${resource.resource} (${type})`),
    props: props({
      'resource-type': type,
      'logical-id': logicalId,
      account,
      region,
      stack,
      key,
      'at-rest': atRest,
      'in-transit': inTransit,
      source,
      'template': line === undefined ? file : `${file}:${line}`,
    }),
  };
}

function evidenceOf({ evidence, file }: ReportedResource, guards: ReportedRule['guards']): Json[] {
  return evidence.filter(({ about }) => about === guards)
    .map(({ property, value, line }) => ({ href: hrefOf(file, line), description: prose(`${property} = ${value}`) }));
}

const hrefOf = (file: string, line: number | undefined) => `${file.split('/').map(encodeURIComponent).join('/')}${line === undefined ? '' : `#L${line}`}`;

function props(values: Readonly<Record<string, string | number | undefined>>): Json[] {
  return Object.entries(values).map(([name, value]) => ({ name, ns: NS, value: text(String(value ?? '')) })).filter(({ value }) => value !== '');
}

/** OSCAL's lists have an item or are left out. */
const listed = (lists: Readonly<Record<string, readonly unknown[]>>): Json => Object.fromEntries(
  Object.entries(lists).filter(([, items]) => items.length > 0));

/** A string of OSCAL is one line that neither begins nor ends with a space. */
const text = (value: string) => value.replace(/\s+/g, ' ').trim();

/** Text in Markdown: whatever a template says, it is no markup, and it is not empty. */
const prose = (value: string) => value.trim().replace(/[&<>]/g, (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[character]!) || '-';

/** The same in one line. */
const title = (value: string) => prose(text(value));
