import { App } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import * as library from '../src';
import { CONSTRUCTS } from './support/constructs';
import { ENV, stack } from './support/stack';

/*
 * Logical ids are contract: a resource whose id changes is deleted and made anew, with its data. A change of this
 * snapshot is a data-loss bug for somebody, unless it only adds resources.
 */
test('every construct that the library exports is in this list, or made by one that is', () => {
  const isConstruct = (value: unknown): boolean => typeof value === 'function' && value.prototype instanceof Construct;
  const exported = Object.entries(library).filter(([, value]) => isConstruct(value)).map(([name]) => name);
  expect(exported.filter((name) => !CONSTRUCTS[name])).toEqual(['HttpsListener']);
});

test.each(Object.entries(CONSTRUCTS))('%s keeps its logical ids and types', (_, make) => {
  const app = new App();
  make(stack(ENV, 'Stack', app));
  const ids = Object.fromEntries(app.synth().stacks.map(({ stackName, template }) => [
    stackName, Object.entries<{ Type: string }>(template.Resources).map(([logicalId, { Type }]) => `${logicalId}: ${Type}`).sort(),
  ]));
  expect(ids).toMatchSnapshot();
});
