import type { Witness } from '../policy/witness';
import type { TemplateResource } from '../template/template';

export type Severity = 'error' | 'warning' | 'info';

/** What a rule is about: decides in which column of a report it stands. */
export type Guards = 'key' | 'at rest' | 'in transit' | 'access' | 'operations';

/** The controls of security standards that a rule answers. */
export interface Controls {
  /** AWS Foundational Security Best Practices. */
  readonly fsbp?: string[];
  /** AWS Control Tower proactive controls. */
  readonly controlTower?: string[];
  /** NIST SP 800-53 revision 5. */
  readonly nist?: string[];
  /** PCI DSS version 4. */
  readonly pci?: string[];
  /** HIPAA Security Rule, 45 CFR. */
  readonly hipaa?: string[];
  /** CIS AWS Foundations Benchmark. */
  readonly cis?: string[];
}

/** Requirements that all rules of a kind answer. */
export const KEY_MANAGEMENT = { nist: ['SC-12', 'SC-12(2)', 'SC-28(3)'], pci: ['3.7.4'], hipaa: ['164.312(a)(2)(iv)'] };
export const KEY_ACCESS = { nist: ['AC-3', 'AC-6', 'SC-12'], pci: ['3.6.1', '7.2.1'], hipaa: ['164.312(a)(1)'] };
export const AT_REST = { nist: ['SC-13', 'SC-28', 'SC-28(1)'], pci: ['3.5.1'], hipaa: ['164.312(a)(2)(iv)'] };
export const IN_TRANSIT = { nist: ['AC-17(2)', 'SC-8', 'SC-8(1)', 'SC-23'], pci: ['4.2.1'], hipaa: ['164.312(e)(1)', '164.312(e)(2)(ii)'] };
export const DATA_ACCESS = { nist: ['AC-3', 'AC-6', 'SC-7'], pci: ['1.4.4', '7.2.1'], hipaa: ['164.312(a)(1)'] };
export const RECOVERY = { nist: ['CP-9', 'SI-13'], pci: ['10.3.3'], hipaa: ['164.308(a)(7)(ii)(A)'] };
export const LOGGING = { nist: ['AU-2', 'AU-12'], pci: ['10.2.1'], hipaa: ['164.312(b)'] };

export type Verdict =
  | { readonly kind: 'pass' }
  | { readonly kind: 'fail'; readonly detail: string; /** A request that shows it, where a policy is wrong. */ readonly witness?: Witness; /** What is at the other ends of each thing that is wrong: an acknowledgement there holds too. */ readonly others?: ReadonlyArray<readonly TemplateResource[]> }
  /** It cannot be known from the template: never a pass. */
  | { readonly kind: 'undetermined'; readonly reason: string }
  /** The rule does not concern this resource. */
  | { readonly kind: 'not applicable' };

/** In place of a resource type: the template as a whole. */
export const WHOLE_TEMPLATE = 'Template';

export interface Rule {
  /** Public: it never changes. */
  readonly id: string;
  readonly severity: Severity;
  readonly guards: Guards;
  /** Types as CloudFormation names them; `*::MODULE` stands for all that end so. */
  readonly resourceTypes: readonly string[];
  /** One line: what must be so. */
  readonly info: string;
  readonly why: string;
  readonly fix: string;
  readonly see: string;
  readonly controls: Controls;
  readonly examples: Examples;
  /** Whether the examples come from a table: they are alike, and pages leave them to `explain`. */
  readonly isGenerated?: boolean;
  readonly check: Check;
}

/**
 * Templates in YAML, by what they show; the first resource of each is the one that is judged. Where a case takes two templates of one
 * assembly, the second one follows after a line `---`. `Metadata` has the name of a stack, its Region and its account, where they matter: `StackName`,
 * `Region`, `Account`.
 */
export interface Examples {
  /** What the rule finds. */
  readonly wrong: Readonly<Record<string, string>>;
  /** What passes. */
  readonly right: Readonly<Record<string, string>>;
  /** What a template cannot tell. */
  readonly undetermined?: Readonly<Record<string, string>>;
  /** What the rule does not concern. */
  readonly notApplicable?: Readonly<Record<string, string>>;
  /** The rule asks for a secret that does not stand in the template: a value that is read at deployment is the remedy. */
  readonly remedyIsReference?: boolean;
}

export type Check = (resource: TemplateResource) => Verdict;

export const PASS: Verdict = { kind: 'pass' };
export const NOT_APPLICABLE: Verdict = { kind: 'not applicable' };
export const fail = (detail: string): Verdict => ({ kind: 'fail', detail });
export const undetermined = (reason: string): Verdict => ({ kind: 'undetermined', reason });
/** Passes, or fails with the detail. */
export const passIf = (good: boolean, detail: string): Verdict => (good ? PASS : fail(detail));
