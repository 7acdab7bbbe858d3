import { attachCustomSynthesis, Stack, Stage, Validations } from 'aws-cdk-lib';
import { ArtifactType } from 'aws-cdk-lib/cloud-assembly-schema';
import type { IConstruct } from 'constructs';

const KEY = Validations.ACKNOWLEDGED_RULES_METADATA_KEY;

/**
 * What is acknowledged on an app, a Stage or a group of stacks holds for all of its stacks. A cloud assembly has the metadata of stacks and of what is below them only, so the
 * command that reads it would not know.
 */
export function handDownAcknowledgements(root: IConstruct): void {
  for (const stack of stacksOf(root)) {
    const above = stack.node.scopes.filter((scope) => !scopeIsInStack(scope)).flatMap(({ node }) => node.metadata.filter(({ type }) => type === KEY));
    const known = new Set(stack.node.metadata.filter(({ type }) => type === KEY).map(({ data }) => JSON.stringify(data)));
    above.filter(({ data }) => !known.has(JSON.stringify(data))).forEach(({ data }) => stack.node.addMetadata(KEY, data));
  }
}

const RECORDED = Symbol.for('cdk-encryption-constructs.Acknowledgements');

/**
 * Writes what is acknowledged on the app and its Stages into the manifest of the assembly, as an artifact without a file, for the command. It comes when
 * the rest is written: a Stage that is made later, and has nothing of this library, is in it.
 */
export function recordAcknowledgements(scope: IConstruct): void {
  const root: IConstruct & { [RECORDED]?: true } = scope.node.root;
  if (root[RECORDED] || Stack.isStack(root)) { return; }
  root[RECORDED] = true;
  attachCustomSynthesis(root, {
    onSynthesize: ({ assembly }) => {
      const metadata = Object.fromEntries(aboveStacks(root).map(({ node }) => [`/${node.path}`, node.metadata.filter(({ type }) => type === KEY)])
        .filter(([, entries]) => entries.length > 0));
      if (Object.keys(metadata).length > 0) { assembly.addArtifact('EncryptionAcknowledgements', { type: ArtifactType.NONE, metadata }); }
    },
  });
}

const LISTENING = Symbol.for('cdk-encryption-constructs.AcknowledgementsAreRecorded');

/**
 * Records what is acknowledged above all stacks of an app that has loaded this library and made nothing of it: the CDK keeps such an acknowledgement in
 * memory only, and has no other place where it tells of one.
 */
export function recordWhatIsAcknowledgedAboveStacks(): void {
  const validations: typeof Validations & { [LISTENING]?: true } = Validations;
  if (validations[LISTENING]) { return; }
  validations[LISTENING] = true;
  const { of } = validations;
  validations.of = (scope) => {
    if (!scopeIsInStack(scope)) { recordAcknowledgements(scope); }
    return of.call(validations, scope);
  };
}

/** The app, its Stages, and what groups stacks in them. */
function aboveStacks(construct: IConstruct): IConstruct[] {
  return [...(scopeIsInStack(construct) ? [] : [construct]), ...construct.node.children.flatMap(aboveStacks)];
}

/** Whether the metadata of a scope is written with its stack's. A Stage may stand below the stack of its pipeline. */
function scopeIsInStack(scope: IConstruct): boolean {
  const within = scope.node.scopes;
  return within.slice(within.map((each) => Stage.isStage(each)).lastIndexOf(true) + 1).some((each) => Stack.isStack(each));
}

function stacksOf(construct: IConstruct): Stack[] {
  return construct.node.children.filter((child) => !Stage.isStage(child)).flatMap((child) => (Stack.isStack(child) ? [child] : stacksOf(child)));
}
