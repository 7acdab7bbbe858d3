import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { smallestProperties } from './smallest-resource';
import { EncryptionAtRest, EncryptionKey } from '../../src';
import { ENCRYPTION_TABLE } from '../../src/table/encryption-table';
import type { AtRestRow } from '../../src/table/row';
import type { Json } from '../../src/template/values';

/** Types that a template has as they are: SAM writes its own into others. */
export const TYPES = Object.entries(ENCRYPTION_TABLE).filter(([type]) => !type.startsWith('Serverless::'));

/** The rows of a type that the mixin sets. */
export const asked = (type: string): AtRestRow[] =>
  (ENCRYPTION_TABLE[type].atRest ?? []).filter(({ optional, leftOut }) => !optional && leftOut !== 'bucket' && leftOut !== 'parent');

/** A template with every type of the table, the smallest that CloudFormation takes, and what the mixin makes of it. */
export function everyType(encrypt: boolean): Json {
  const stack = new Stack(new App(), 'Stack');
  const key = new EncryptionKey(stack, 'Key');
  for (const [type] of TYPES.filter(([name]) => asked(name).length > 0)) {
    const resource = new CfnResource(stack, type.replace('::', ''), { type: `AWS::${type}`, properties: smallestProperties(`AWS::${type}`, asked(type)) });
    if (encrypt) { resource.with(new EncryptionAtRest(key, { allowReplacement: true })); }
  }
  return stack.resolve((stack as unknown as { _toCloudFormation(): unknown })._toCloudFormation());
}
