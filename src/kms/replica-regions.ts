import { CrossStackReferences, Reference, ReferenceStrength, Stack, Stage, Tokenization } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { EncryptionError } from '../private/errors';
import { isKnownRegion, nearestRegion, partitionOf } from '../private/regions';
import { knownAtSynth } from '../private/tokens';
import { warn } from '../private/warn';

/** The stack that CloudFormation deploys: a nested one belongs to its parent. */
export function deployedStack(scope: IConstruct): Stack {
  let stack = Stack.of(scope);
  while (stack.nestedStackParent) { stack = stack.nestedStackParent; }
  return stack;
}

/** The Region of the primary. Throws where the stack does not say it. */
export function primaryRegion(scope: IConstruct, path: string): string {
  const region = knownAtSynth(Stack.of(scope).region);
  if (!region) {
    throw new EncryptionError(path, 'MultiRegionKeyNeedsRegion',
      `the stack ${deployedStack(scope).node.path} has no explicit Region, and a replica may not be in the primary's. Set \`env: { region: '…' }\` on the stack.`);
  }
  return region;
}

/**
 * One stack for each Region: those given, and new ones in the primary's Stage, shared by all multi-Region keys of the
 * primary's stack, made when asked for. Throws for every Region in which KMS could make no replica.
 */
export function replicaStacks(scope: IConstruct, path: string, home: string, regions: string[], given: Stack[]): Map<string, () => Stack> {
  if (regions.length + given.length === 0) {
    throw new EncryptionError(path, 'NoReplicaRegion',
      "'replicaRegions' cannot be empty: a multi-Region key without a replica is in one Region. Name at least one Region, or use EncryptionKey.");
  }
  const stacks = new Map<string, () => Stack>();
  const take = (region: string, prop: string, stack: () => Stack) => {
    checkRegion(path, prop, region, home);
    if (stacks.has(region)) {
      throw new EncryptionError(path, 'ReplicaRegionTwice', `'${prop}' names ${region} twice: a key has one replica in a Region. Name it once.`);
    }
    stacks.set(region, stack);
  };
  regions.forEach((region) => take(region, 'replicaRegions', () => stackIn(scope, region)));
  for (const stack of given) {
    const region = knownAtSynth(stack.region);
    if (!region) {
      throw new EncryptionError(path, 'ReplicaStackNeedsRegion',
        `'replicaStacks' has ${stack.node.path} without an explicit Region. Give it \`env: { region: '…' }\`.`);
    }
    checkAccount(scope, path, stack);
    if (!isKnownRegion(region)) {
      warn(stack, 'ReplicaRegionUnknown', `${stack.node.path}: this version of aws-cdk-lib does not know the Region '${region}'. If it is not a new one, it may be '${nearestRegion(region)}'.`);
    }
    take(region, 'replicaStacks', () => stack);
  }
  return stacks;
}

function checkRegion(path: string, prop: string, region: string, home: string): void {
  if (knownAtSynth(region) === undefined || !/^[a-z]{2,}(-[a-z]+)+-\d+$/.test(region)) {
    throw new EncryptionError(path, 'ReplicaRegionMalformed', `'${prop}' must be names of Regions such as 'eu-west-1', got '${region}'. Write it as text.`);
  }
  if (prop === 'replicaRegions' && !isKnownRegion(region)) {
    throw new EncryptionError(path, 'ReplicaRegionUnknown',
      `'replicaRegions' has '${region}', which this version of aws-cdk-lib does not know. Did you mean '${nearestRegion(region)}'? `
      + `If ${region} is a new Region, update aws-cdk-lib, or give a stack in it: \`replicaStacks: [new Stack(app, 'Replicas', { env: { region: '${region}' } })]\`.`);
  }
  if (region === home) {
    throw new EncryptionError(path, 'ReplicaInPrimaryRegion', `'${prop}' has ${region}, where the primary is. Name other Regions only.`);
  }
  if (partitionOf(region) !== partitionOf(home)) {
    throw new EncryptionError(path, 'ReplicaInOtherPartition',
      `'${prop}' has ${region} (${partitionOf(region)}), and the primary is in ${home} (${partitionOf(home)}): a key cannot leave its partition. `
      + `Name Regions of ${partitionOf(home)}.`);
  }
}

function checkAccount(scope: IConstruct, path: string, stack: Stack): void {
  const [own, other] = [knownAtSynth(Stack.of(scope).account), knownAtSynth(stack.account)];
  if (own !== other) {
    throw new EncryptionError(path, 'ReplicaInOtherAccount',
      `'replicaStacks' has ${stack.node.path} in account ${other ?? 'unknown'}, and the primary is in ${own ?? 'an unknown account'}: `
      + 'KMS replicates within one account. Give both stacks the same account.');
  }
}

function stackIn(scope: IConstruct, region: string): Stack {
  const primaryStack = deployedStack(scope);
  const name = `${primaryStack.stackName}-replicas-${region}`;
  const stage = Stage.of(primaryStack) ?? primaryStack.node.root;
  const existing = stage.node.tryFindChild(name);
  return existing as Stack | undefined ?? new Stack(stage, name, {
    stackName: name,
    description: `Replicas in ${region} of the multi-Region keys of ${primaryStack.stackName}`,
    env: { region, account: knownAtSynth(primaryStack.account) },
  });
}

/**
 * Lets stacks of other Regions read what a policy refers to by `Fn::GetStackOutput`. The CDK's strong references across
 * Regions are custom resources with Lambda functions.
 */
export function readableElsewhere(json: unknown): void {
  if (Array.isArray(json)) { return json.forEach(readableElsewhere); }
  if (typeof json === 'object' && json !== null && !Tokenization.isResolvable(json)) { return Object.values(json).forEach(readableElsewhere); }
  const tokens = typeof json === 'string' ? Tokenization.reverseString(json).tokens : [json];
  for (const token of tokens) {
    if (Reference.isReference(token)) { producesWeakly(token.target); }
  }
}

/** What is in a nested stack leaves it as an output of the nested stack's resource. */
export function producesWeakly(construct: IConstruct): void {
  CrossStackReferences.of(construct).produce(ReferenceStrength.WEAK);
  const { nestedStackResource } = Stack.of(construct);
  if (nestedStackResource && nestedStackResource !== construct) { producesWeakly(nestedStackResource); }
}
