import { BootstraplessSynthesizer, Names, ReferenceStrength, Stack, Stage, Token } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct, IConstruct } from 'constructs';
import { deployedStack } from './replica-regions';
import { partitionOf } from '../private/regions';
import { waitsFor } from '../private/stack-order';
import { knownAtSynth } from '../private/tokens';

/** Two environments of which it is known that they differ, or of which only one is known. */
export function differ(a: string, b: string): boolean {
  return Token.isUnresolved(a) !== Token.isUnresolved(b) || (!Token.isUnresolved(a) && a !== b);
}

/** Whether two constructs are in stacks of different accounts or Regions, as far as it is known. */
export function areApart(a: IConstruct, b: IConstruct): boolean {
  const [one, other] = [Stack.of(a), Stack.of(b)];
  return differ(one.region, other.region) || differ(one.account, other.account);
}

/**
 * Makes the stack of a construct wait for the stack of a key, so that it can read the key's ARN from an output there (`Fn::GetStackOutput`).
 * False where it cannot: where the key's stack waits for it, in another Stage or partition, where the account or Region of one is not known,
 * and from another account without the role that CloudFormation reads the output with.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-getstackoutput.html
 */
export function canReadOutputs(consumer: Construct, key: IConstruct): boolean {
  const [from, to] = [deployedStack(consumer), deployedStack(key)];
  const [regions, accounts] = [[from.region, to.region].map(knownAtSynth), [from.account, to.account].map(knownAtSynth)];
  if (Stage.of(from) !== Stage.of(to) || regions.includes(undefined) || waitsFor(to, from)) { return false; }
  if (partitionOf(regions[0]!) !== partitionOf(regions[1]!) || accounts.filter((account) => account === undefined).length === 1) { return false; }
  if (accounts[0] !== accounts[1] && !hasExecutionRole(Stack.of(consumer))) { return false; }
  from.addStackDependency(to, `${consumer.node.path} is granted ${key.node.path}`);
  return true;
}

/** The CDK also names a role of the bootstrap stack where the synthesizer does without that stack. */
function hasExecutionRole({ synthesizer }: Stack): boolean {
  return synthesizer.cloudFormationExecutionRole !== undefined && !(synthesizer instanceof BootstraplessSynthesizer);
}

/** A reference from another account or Region without a Lambda function. */
export function weakly(reference: string): string {
  return Stack.consumeReference(reference, ReferenceStrength.WEAK);
}

/** The name of an alias of a key, known as text: one that it has, else a new one. */
export function aliasOf(key: kms.IKey): string {
  const aliases = key.node.children.filter((child) => child instanceof kms.Alias).map(({ node }) => node.defaultChild as kms.CfnAlias);
  const [known] = aliases.flatMap(({ aliasName }) => knownAtSynth(aliasName) ?? []);
  if (known !== undefined) { return known; }
  const aliasName = `alias/${Names.uniqueResourceName(key, { maxLength: 200, separator: '-' })}`;
  new kms.Alias(key, 'AliasForOtherStacks', { aliasName, targetKey: key });
  return aliasName;
}
