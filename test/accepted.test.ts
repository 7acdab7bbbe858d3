import { App } from 'aws-cdk-lib';
import { synthAndValidate } from './support/cloudformation-validator';
import { CONSTRUCTS } from './support/constructs';
import { ENV, stack } from './support/stack';

test.each(Object.entries(CONSTRUCTS))('CloudFormation accepts the template of %s', (_, make) => {
  const app = new App();
  make(stack(ENV, 'Stack', app));
  expect(synthAndValidate(app, { alsoInUnitTests: true }).findings).toEqual([]);
});
