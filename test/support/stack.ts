import { App, Environment, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';

export const ENV: Environment = { account: '111122223333', region: 'us-east-1' };

/** An empty stack named `Stack`; with an environment its policies are text, and easy to compare. */
export function stack(env?: Environment, id = 'Stack', app = new App()): Stack {
  return new Stack(app, id, { env });
}

/** The properties of the only resource of a type. */
export function propertiesOf(scope: Stack, type: string): Record<string, any> {
  const found = Object.values(Template.fromStack(scope).findResources(type));
  if (found.length !== 1) { throw new Error(`expected one ${type}, found ${found.length}`); }
  return found[0].Properties ?? {};
}

export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Principal: Record<string, unknown>;
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: Record<string, Record<string, unknown>>;
}

/** The statements of the only key's policy. */
export function keyStatements(scope: Stack): PolicyStatement[] {
  return propertiesOf(scope, 'AWS::KMS::Key').KeyPolicy.Statement;
}

/** The statement with a Sid. */
export function keyStatement(scope: Stack, sid: string): PolicyStatement | undefined {
  return keyStatements(scope).find(({ Sid }) => Sid === sid);
}
