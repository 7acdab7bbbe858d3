import type { Template } from './read';

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
