import type { Stack } from 'aws-cdk-lib';

/** Whether a stack is deployed after another one. */
export function waitsFor(stack: Stack, other: Stack, seen = new Set<Stack>()): boolean {
  seen.add(stack);
  return stack.dependencies.some((each) => each === other || (!seen.has(each) && waitsFor(each, other, seen)));
}
