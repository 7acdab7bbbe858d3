import type { ReportedException, ReportedTemplate } from './document';
import type { Rule } from '../rules/rule';
import type { Template, TemplateResource } from '../template/template';

/** A template as it goes into a report. */
export interface ReportInput extends ReportedTemplate {
  readonly template: Template;
  readonly nameOf: (resource: TemplateResource) => string;
  /** The line of a resource, or of a property of it. */
  readonly lineOf: (resource: TemplateResource, property?: string) => number | undefined;
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
