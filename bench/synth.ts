import { isDeepStrictEqual } from 'node:util';
import { App, Stack } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { compare } from './compare';
import { contextOf } from './context';
import { ours, plain, resourcesOf } from './plain';
import { EncryptionChecks } from '../src';
import { withoutNames } from '../test/support/same-template';

/**
 * How much longer an app of our constructs takes than the plain aws-cdk-lib code that gives the same template, and the checks
 * than AwsSolutionsChecks on the same app. Both in one run, interleaved; prints the median and the ratio.
 */
function stackOf(fill: (stack: Stack, pairs: number) => void, pairs: number): Stack {
  const stack = new Stack(new App(), 'Stack');
  fill(stack, pairs);
  return stack;
}

if (!isDeepStrictEqual(withoutNames(stackOf(ours, 2)), withoutNames(stackOf(plain, 2)))) { throw new Error('bench/plain.ts gives another template'); }

const synth = (fill: (stack: Stack, pairs: number) => void, pairs: number) => () => void (stackOf(fill, pairs).node.root as App).synth();
const perResource: string[] = [];
for (const pairs of [1, 16, 74]) {
  const resources = resourcesOf(pairs);
  const [took] = compare(`synth of ${resources} resources`, ['ours', synth(ours, pairs)], ['plain aws-cdk-lib', synth(plain, pairs)], pairs === 1 ? 101 : 15);
  perResource.push(`${resources}: ${(took / resources).toFixed(2)} ms`);
}
console.log(`growth: ours per resource, in a stack of ${perResource.join(', ')}`);

const checked = stackOf(ours, 75).node.root as App;
const context = contextOf(checked);
compare(
  `checks at synth over an app of ${resourcesOf(75)} resources`,
  ['EncryptionChecks', () => void new EncryptionChecks().validate(context)],
  ['AwsSolutionsChecks', () => void new AwsSolutionsChecks().validate(context)],
);
