import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';

/**
 * A template without the names of its resources: each is known by its content, and by the content of what it refers to. Two templates
 * that differ in names alone are equal.
 */
export function withoutNames(scope: Stack): string[] {
  const resources: Record<string, any> = Template.fromStack(scope).toJSON().Resources;
  let names = Object.fromEntries(Object.entries(resources).map(([id, { Type }]) => [id, Type]));
  const render = ({ Metadata, ...resource }: any) => JSON.stringify(resource, (name, value) => {
    if (typeof value === 'string' && names[value]) { return `<${names[value]}>`; }
    // The order of statements means nothing.
    return name === 'Statement' && Array.isArray(value) ? [...value].sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b))) : value;
  });
  for (let round = 0; round < 3; round++) {
    names = Object.fromEntries(Object.entries(resources).map(([id, resource]) => [id, render(resource)]));
  }
  return Object.values(names).map(String).sort();
}
