import { CfnParameter, SecretValue, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Whether a secret value stands in the template. A dynamic reference, a parameter with NoEcho and an attribute of a resource do not. */
export function isInTemplate(scope: IConstruct, secret: SecretValue): boolean {
  const stack = Stack.of(scope);
  const value = stack.resolve(secret.unsafeUnwrap());
  const dynamic = /\{\{resolve:(secretsmanager|ssm-secure):/.test(JSON.stringify(value));
  const hidden = typeof value === 'object' && ('Fn::GetAtt' in value || isHiddenParameter(stack, value.Ref));
  return !dynamic && !hidden;
}

function isHiddenParameter(stack: Stack, logicalId: unknown): boolean {
  return stack.node.findAll().some((construct) =>
    construct instanceof CfnParameter && construct.noEcho && stack.resolve(construct.logicalId) === logicalId);
}
