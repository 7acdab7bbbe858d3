import { fail, PASS, undetermined, Verdict } from './rule';
import { asText, Reference, Unknown } from '../template/resolved';
import { Template, TemplateResource } from '../template/template';

/** True in every spelling that CloudFormation takes. */
export function isTrue(value: unknown): boolean {
  return /^(true|yes|on|1)$/i.test(asText(value));
}

/** A number, also as text, from the shortest to the longest that AWS takes. */
export function isBetween(value: unknown, shortest: number, longest: number): boolean {
  const number = Number(asText(value));
  return number >= shortest && number <= longest;
}

/** Passes where a property is true; what is left out counts as `byDefault`. */
export function mustBeTrue(template: Template, resource: TemplateResource, path: string[], byDefault = false): Verdict {
  const name = path.join('.');
  const value = template.property(resource, ...path) ?? byDefault;
  if (value instanceof Unknown) { return undetermined(`${name}: ${value.reason}`); }
  return isTrue(value) ? PASS : fail(`${name} is not true`);
}

/** Passes unless a property is true. */
export function mustNotBeTrue(template: Template, resource: TemplateResource, path: string[]): Verdict {
  const name = path.join('.');
  const value = template.property(resource, ...path);
  if (value instanceof Unknown) { return undetermined(`${name}: ${value.reason}`); }
  return isTrue(value) ? fail(`${name} is true`) : PASS;
}

/** A property as text; `undefined` where it is left out or a reference to a resource. */
export function textOf(template: Template, resource: TemplateResource, ...path: string[]): string | Unknown | undefined {
  const value = template.property(resource, ...path);
  return value === undefined || value === null || value instanceof Reference ? undefined : value instanceof Unknown ? value : template.text(value);
}

/** The first verdict that is no pass, else the last. */
export function worst(...verdicts: Verdict[]): Verdict {
  return verdicts.find(({ kind }) => kind === 'fail') ?? verdicts.find(({ kind }) => kind === 'undetermined') ?? verdicts[verdicts.length - 1] ?? PASS;
}
