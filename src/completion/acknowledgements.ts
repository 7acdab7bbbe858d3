import { Stack, Stage, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

const KEY = Validations.ACKNOWLEDGED_RULES_METADATA_KEY;

/**
 * What is acknowledged on an app or a Stage holds for all of its stacks. A cloud assembly has the metadata of stacks and of what is below them only, so the
 * command that reads it would not know.
 */
export function handDownAcknowledgements(root: IConstruct): void {
  const above = root.node.scopes.filter((scope) => !scopeIsInStack(scope)).flatMap(({ node }) => node.metadata.filter(({ type }) => type === KEY));
  if (above.length === 0) { return; }
  for (const stack of stacksOf(root)) {
    const known = new Set(stack.node.metadata.filter(({ type }) => type === KEY).map(({ data }) => JSON.stringify(data)));
    above.filter(({ data }) => !known.has(JSON.stringify(data))).forEach(({ data }) => stack.node.addMetadata(KEY, data));
  }
}

/** A Stage may stand below the stack of its pipeline, whose metadata is written for that stack alone. */
function scopeIsInStack(scope: IConstruct): boolean {
  return !Stage.isStage(scope) && scope.node.scopes.some((each) => Stack.isStack(each));
}

function stacksOf(construct: IConstruct): Stack[] {
  return construct.node.children.filter((child) => !Stage.isStage(child)).flatMap((child) => (Stack.isStack(child) ? [child] : stacksOf(child)));
}
