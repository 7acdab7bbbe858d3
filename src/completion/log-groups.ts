import { CfnResource, NestedStack, Stack, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { knownAtSynth } from '../private/tokens';

/**
 * The ARN of a log group as a key's policy can name it, without a reference: the group needs the key before it is made, so that a reference would be a
 * circle. A group without a name gets one of the stack's name and its logical id.
 *
 * @param reader whose stack has the policy
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-name.html
 */
export function logGroupArn(group: CfnResource, reader: IConstruct): string {
  const { region, account } = Stack.of(group);
  return `arn:\${AWS::Partition}:logs:${knownAtSynth(region) ?? '${AWS::Region}'}:${knownAtSynth(account) ?? '${AWS::AccountId}'}:log-group:${nameOf(group, reader)}`;
}

function nameOf(group: CfnResource, reader: IConstruct): string {
  const stack = Stack.of(group);
  const name: unknown = stack.resolve((group as unknown as { readonly logGroupName?: string }).logGroupName);
  return (name === undefined ? undefined : textOf(name)) ?? `${stackName(stack, reader)}-${stack.resolve(group.logicalId)}-*`;
}

/** A name as far as it is text: what refers to something stands for any text. */
function textOf(name: unknown): string | undefined {
  if (typeof name === 'string') { return name; }
  const join = (name as Record<string, unknown>)['Fn::Join'];
  if (Array.isArray(join) && join[0] === '') { return join[1].map((part: unknown) => (typeof part === 'string' ? part : '*')).join('').replace(/\*+/g, '*'); }
  return typeof (name as Record<string, unknown>).Ref === 'string' || Object.keys(name as object)[0]?.startsWith('Fn::') ? '*' : undefined;
}

function stackName(stack: Stack, reader: IConstruct): string {
  if (stack === Stack.of(reader)) { return '${AWS::StackName}'; }
  let deployed = stack;
  while (NestedStack.isNestedStack(deployed) && deployed.nestedStackParent) { deployed = deployed.nestedStackParent; }
  const name = Token.isUnresolved(deployed.stackName) ? '*' : deployed.stackName;
  // CloudFormation makes the name of a nested stack of its parent's.
  return deployed === stack ? name : `${name}-*`;
}
