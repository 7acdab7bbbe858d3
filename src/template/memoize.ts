import type { Read, Template } from './read';

/**
 * What is worked out once for a template, such as which policy belongs to which bucket. It must be the same in every world that
 * conditions allow: a value that depends on one is unknown meanwhile.
 */
export function memoize<T extends object>(work: (template: Template) => T): (template: Template) => T {
  const memory = new WeakMap<Template, T>();
  return (template) => {
    let known = memory.get(template);
    if (known === undefined) {
      known = template.conditions.withoutChoosing(() => work(template));
      memory.set(template, known);
    }
    return known;
  };
}

/** Whether a value is the same in every scenario. */
export const isFixed = (read: Read) => read.kind === 'value' && read.isFixed;

/** What is worked out once for a value that is the same in every scenario, such as the statements of a policy. */
export function memoizeRead<T>(work: (read: Read) => T): (read: Read) => T {
  const memory = new WeakMap<Read, { readonly result: T }>();
  return (read) => {
    if (!isFixed(read)) { return work(read); }
    let known = memory.get(read);
    if (known === undefined) {
      known = { result: work(read) };
      memory.set(read, known);
    }
    return known.result;
  };
}
