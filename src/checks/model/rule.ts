import type { Template, TemplateResource } from './template';

export type Severity = 'error' | 'warning' | 'info';

/** What a rule is about: decides in which column of a report it stands. */
export type Guards = 'key' | 'at rest' | 'in transit';

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

export type Verdict =
  | { readonly kind: 'pass' }
  | { readonly kind: 'fail'; readonly detail: string }
  /** It cannot be known from the template: never a pass. */
  | { readonly kind: 'undetermined'; readonly reason: string }
  /** The rule does not concern this resource. */
  | { readonly kind: 'not applicable' };

export interface Rule {
  /** Public for ever. */
  readonly id: string;
  readonly severity: Severity;
  readonly guards: Guards;
  readonly resourceTypes: readonly string[];
  /** One line: what must be so. */
  readonly info: string;
  readonly why: string;
  readonly fix: string;
  readonly see: string;
  readonly controls: Controls;
  readonly check: (resource: TemplateResource, template: Template) => Verdict;
}

export const PASS: Verdict = { kind: 'pass' };
export const NOT_APPLICABLE: Verdict = { kind: 'not applicable' };
export const fail = (detail: string): Verdict => ({ kind: 'fail', detail });
export const undetermined = (reason: string): Verdict => ({ kind: 'undetermined', reason });
