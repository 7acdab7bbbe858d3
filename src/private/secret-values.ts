import { CfnParameter, SecretValue, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Whether a secret value, or a part of it, stands in the template. A dynamic reference, a parameter with NoEcho and an attribute of a
 * resource do not.
 */
export function isInTemplate(scope: IConstruct, secret: SecretValue): boolean {
  const stack = Stack.of(scope);
  return isShown(stack, stack.resolve(secret.unsafeUnwrap()));
}

/** What a dynamic reference names: other references may be in it. */
const DYNAMIC = /\{\{resolve:(secretsmanager|ssm-secure):[^}]*\}\}/g;

function isShown(stack: Stack, value: unknown): boolean {
  if (typeof value === 'string') { return value.replace(DYNAMIC, '') !== '' || value === ''; }
  if (typeof value !== 'object' || value === null) { return true; }
  if ('Fn::If' in value && Array.isArray(value['Fn::If'])) { return value['Fn::If'].slice(1).some((branch) => isShown(stack, branch)); }
  if (!('Fn::Join' in value) || !Array.isArray(value['Fn::Join'])) { return !isHidden(stack, value); }
  const [separator, parts] = value['Fn::Join'];
  if (!Array.isArray(parts)) { return true; }
  const text = parts.map((part) => (typeof part === 'string' ? part : isHidden(stack, part) ? HIDDEN : REFERENCE)).join(separator);
  return text.replace(DYNAMIC, '').replaceAll(HIDDEN, '') !== '';
}

/** What stands for a reference while the text around it is looked at. */
const [HIDDEN, REFERENCE] = ['\u0000', '\u0001'];

function isHidden(stack: Stack, value: object): boolean {
  return 'Fn::GetAtt' in value || ('Ref' in value && isHiddenParameter(stack, value.Ref));
}

function isHiddenParameter(stack: Stack, logicalId: unknown): boolean {
  return stack.node.findAll().some((construct) =>
    construct instanceof CfnParameter && construct.noEcho && stack.resolve(construct.logicalId) === logicalId);
}
