import { readFileSync } from 'node:fs';
import { CfnResource, IPolicyValidationContext, PolicyValidationPluginReport, Stack } from 'aws-cdk-lib';
import { NagMessageLevel, NagPack, NagPackProps, NagRuleCompliance, NagRuleResult } from 'cdk-nag';
import type { IConstruct } from 'constructs';
import { judge } from './judge';
import { isUndetermined, ruleIdOf } from './nearest-rule';
import { holdWhereTheyStand } from './own-namespace';
import { PACK_NAME, RULES, rulesByType, rulesOfServices, unknownService } from './rule-table';
import { acknowledgedRulesOf, folded, unknownAcknowledgements, withDetails } from './violations';
import { recordAcknowledgements } from '../completion/acknowledgements';
import { ACCOUNTS, CONSTRUCT, FLAG, ORGANIZATIONS, TEXTS } from '../private/common-kinds';
import { EncryptionError } from '../private/errors';
import { checkArgument, checkProps, propsShape } from '../private/props';
import { knownAtSynth } from '../private/tokens';
import { PASS, Rule, Severity, Verdict } from '../rules/rule';
import { link, Member } from '../template/assembly';
import type { Template, TemplateResource } from '../template/template';
import type { Trusted } from '../template/trusted';
import { asText } from '../template/values';

const ALL_RULES_BY_TYPE = rulesByType(RULES);
const RULES_BY_ID: ReadonlyMap<string, Rule> = new Map(RULES.map((rule) => [rule.id, rule]));
const LEVELS: Record<Severity, NagMessageLevel> = {
  error: NagMessageLevel.ERROR,
  warning: NagMessageLevel.WARN,
  info: NagMessageLevel.INFO,
};

const ENCRYPTION_CHECKS = propsShape({
  of: 'EncryptionChecks',
  kinds: { verbose: FLAG, writeSuppressionsToCloudFormation: FLAG, trustedAccounts: ACCOUNTS, trustedOrganizations: ORGANIZATIONS, services: TEXTS },
  confused: { logIgnores: 'verbose' },
});

/** Properties of `EncryptionChecks`. */
export interface EncryptionChecksProps extends NagPackProps {
  /**
   * Accounts besides those of the stacks that policies may name: 12 digits each.
   *
   * What they may do is not reported.
   *
   * @default - none: another account that a policy names is reported
   */
  readonly trustedAccounts?: string[];
  /**
   * Organizations that policies may name, as `o-abc1234567`.
   *
   * @default - none: an organization to which a policy is open is reported
   */
  readonly trustedOrganizations?: string[];
  /**
   * Services that count, by the names of the CDK's modules: `s3`, `dynamodb`, `opensearchservice`; `aws-s3` and `AWS::S3` are understood too. What concerns others is not
   * reported. An empty list, and a service that does not exist, are errors.
   *
   * @default - all
   */
  readonly services?: string[];
}

/**
 * Checks encryption at rest and in transit, for resources made by any construct.
 *
 * Rules of the severity error fail the synth; warnings and infos are reported. What cannot be known at synth is reported as
 * `<rule id>[undetermined]`, a warning, and acknowledged by that id. At synth, what is said of more than ten resources in the same words is told of the
 * first of them, with the paths of the others; with `verbose`, of each.
 *
 * ```ts
 * Validations.of(app).addPlugins(new EncryptionChecks(app));
 * ```
 */
export class EncryptionChecks extends NagPack {
  /** The name of the pack in reports. */
  public readonly name = 'EncryptionChecks';
  /** The ids of all rules. */
  public readonly ruleIds?: string[];

  private readonly templates = new Map<Stack, Template>();
  /** The templates that the CDK has written already, by the stack's construct path. */
  private written = new Map<string, string>();
  /** Stacks of which a resource was checked. */
  private readonly begun = new Set<Stack>();
  private root?: IConstruct;
  /** Rule and construct path → what is wrong, or not known. */
  private readonly details = new Map<string, string>();
  private readonly trusted: Trusted;
  private readonly isVerbose: boolean;
  private readonly rulesFor: (type: string) => readonly Rule[];

  constructor(scope?: IConstruct, props?: EncryptionChecksProps) {
    if (scope !== undefined) { checkArgument('EncryptionChecks', 'scope', scope, CONSTRUCT); }
    checkProps('EncryptionChecks', props, ENCRYPTION_CHECKS);
    super(scope, props);
    if (scope) { recordAcknowledgements(scope); }
    this.packName = PACK_NAME;
    this.isVerbose = props?.verbose === true;
    const services = props?.services;
    if (services?.length === 0) { throw new EncryptionError('EncryptionChecks', 'NoServices', '\'services\' is an empty list, so that nothing would be checked. Leave it out to check all.'); }
    const unknown = services && unknownService(services);
    if (unknown !== undefined) { throw new EncryptionError('EncryptionChecks', 'UnknownService', `'services' has an ${unknown}. Leave it out to check all.`); }
    this.rulesFor = services ? rulesByType(RULES, services) : ALL_RULES_BY_TYPE;
    this.ruleIds = rulesOfServices(RULES, services).map(({ id }) => id);
    this.trusted = { accounts: props?.trustedAccounts ?? [], organizations: props?.trustedOrganizations ?? [] };
  }

  /** What the CDK calls at synth: the templates that it has written need not be rendered again. */
  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    this.written = new Map(context.stackTemplates?.map(({ stackConstructPath, templatePath }) => [stackConstructPath, templatePath]));
    try {
      const report = super.validate(context);
      return this.isVerbose ? report : { ...report, violations: report.violations.map(folded) };
    } finally {
      this.written.clear();
    }
  }

  /**
   * An error: packs of cdk-nag 3 are not aspects. Add it by `Validations.of(app).addPlugins(new EncryptionChecks(app))`.
   */
  public visit(_node: IConstruct): void {
    throw new EncryptionError('EncryptionChecks', 'ChecksAreNotAnAspect',
      'cannot be added by Aspects.of(…).add(…), as packs of cdk-nag 2 were. Write `Validations.of(app).addPlugins(new EncryptionChecks(app))`.');
  }

  /** Checks a construct tree directly; `Validations.of(app).addPlugins(…)` does at synth. */
  public validateScope(scope: IConstruct): PolicyValidationPluginReport {
    checkArgument('EncryptionChecks.validateScope', 'scope', scope, CONSTRUCT);
    this.templates.clear();
    this.begun.clear();
    this.details.clear();
    this.root = scope;
    holdWhereTheyStand(scope.node.root);
    const found = super.validateScope(scope).violations.flatMap((violation) => {
      const rule = RULES_BY_ID.get(ruleIdOf(violation.ruleName));
      const detailed = rule ? withDetails(violation, rule, (path) => this.details.get(`${rule.id} ${path}`)) : [violation];
      return detailed.map((each) => ({ ...each, severity: severityOf(violation.ruleName) }));
    });
    const violations = [...found, ...unknownAcknowledgements(scope)];
    return { violations, success: violations.every(({ severity }) => severity !== 'error') };
  }

  /** Applies the rules to one resource; with the first of a stack, those about its template as a whole. */
  protected checkResource(node: CfnResource): void {
    const stack = Stack.of(node);
    if (!this.begun.has(stack)) {
      this.begun.add(stack);
      const { whole, unread } = this.templateOf(stack);
      if (unread.length > 0) { this.applyTo(node, whole, this.rulesFor(whole.type)); }
    }
    // A template that an app includes may have anything in this place.
    const rules = this.rulesFor(asText(node.cfnResourceType));
    if (rules.length === 0) { return; }
    const resource = this.templateOf(stack).resource(stack.resolve(node.logicalId));
    if (resource) { this.applyTo(node, resource, rules); }
  }

  private applyTo(node: CfnResource, resource: TemplateResource, rules: readonly Rule[]): void {
    for (const rule of rules) {
      const result = this.noted(rule, node, this.withoutAcknowledged(rule, judge(rule, resource)));
      // cdk-nag notes what was found, and nothing else.
      if (result === NagRuleCompliance.COMPLIANT || result === NagRuleCompliance.NOT_APPLICABLE) { continue; }
      this.applyRule({
        ruleSuffixOverride: rule.id.slice(PACK_NAME.length + 1),
        info: rule.info,
        explanation: `${rule.why} ${rule.fix} See ${rule.see}`,
        level: LEVELS[rule.severity],
        node,
        rule: () => result,
      });
    }
  }

  /** What is wrong between two ends is accepted where it is acknowledged at the other one. */
  private withoutAcknowledged(rule: Rule, verdict: Verdict): Verdict {
    const others = verdict.kind === 'fail' ? verdict.others ?? [] : [];
    const isAcknowledged = (end: TemplateResource) => {
      const construct = this.constructOf(end);
      return construct !== undefined && acknowledgedRulesOf(construct).has(rule.id);
    };
    return others.length > 0 && others.every((ends) => ends.some(isAcknowledged)) ? PASS : verdict;
  }

  private constructOf({ owner, logicalId }: TemplateResource): IConstruct | undefined {
    const [stack] = [...this.templates].find(([, template]) => template === owner) ?? [];
    return stack?.node.findAll().filter((each) => CfnResource.isCfnResource(each))
      .find((each) => Stack.of(each) === stack && stack.resolve(each.logicalId) === logicalId);
  }

  /** What cdk-nag makes of a verdict; it keeps no details, so they are kept here. */
  private noted(rule: Rule, node: CfnResource, verdict: Verdict): NagRuleResult {
    const detail = verdict.kind === 'fail' ? verdict.detail : verdict.kind === 'undetermined' ? verdict.reason : undefined;
    if (detail !== undefined) { this.details.set(`${rule.id} ${node.node.path}`, detail); }
    return compliance(verdict);
  }

  /** Every stack is rendered once, however many resources it has; the stacks of an app see each other. */
  private templateOf(stack: Stack): Template {
    if (!this.templates.has(stack)) {
      const stacks = [...new Set([...stacksBelow(this.root ?? stack), stack])];
      const members = new Map<Stack, Member>();
      const memberOf = (each: Stack): Member => {
        const known = members.get(each);
        if (known) { return known; }
        const { nestedStackParent, nestedStackResource } = each;
        const parent = nestedStackParent && nestedStackResource && stacks.includes(nestedStackParent)
          ? { member: memberOf(nestedStackParent), logicalId: nestedStackParent.resolve(nestedStackResource.logicalId) } : undefined;
        const [stackName, account, region] = [each.stackName, each.account, each.region].map(knownAtSynth);
        const member = { stackName, account, region, json: this.read(each) ?? render(each), parent };
        members.set(each, member);
        return member;
      };
      const templates = link(stacks.map(memberOf), this.trusted);
      members.forEach((member, each) => this.templates.set(each, templates.get(member)!));
    }
    return this.templates.get(stack)!;
  }

  /** The template of a stack as it was written; `undefined` where it was not. */
  private read(stack: Stack): Record<string, unknown> | undefined {
    const path = this.written.get(stack.node.path);
    return path === undefined ? undefined : JSON.parse(readFileSync(path, 'utf8'));
  }
}

/** Of a rule's own severity; what is undetermined is told, and stops nobody. */
function severityOf(ruleName: string): Severity {
  return isUndetermined(ruleName) ? 'warning' : RULES_BY_ID.get(ruleName)?.severity ?? 'error';
}

function stacksBelow(scope: IConstruct): Stack[] {
  return scope.node.findAll().filter((construct): construct is Stack => Stack.isStack(construct));
}

function compliance(verdict: Verdict): NagRuleResult {
  switch (verdict.kind) {
    case 'pass': return NagRuleCompliance.COMPLIANT;
    case 'fail': return NagRuleCompliance.NON_COMPLIANT;
    case 'undetermined': return ['undetermined'];
    case 'not applicable': return NagRuleCompliance.NOT_APPLICABLE;
  }
}

/** The CDK renders a stack by this method, which has no public name. */
function render(stack: Stack): Record<string, unknown> {
  return stack.resolve((stack as unknown as { _toCloudFormation(): unknown })._toCloudFormation());
}
