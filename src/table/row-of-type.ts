import { ENCRYPTION_TABLE } from './encryption-table';
import type { TypeRow } from './row';

/** What the table says of a resource type, `AWS::SNS::Topic`; `undefined` for a type that it does not have. */
export function rowOfType(type: string): TypeRow | undefined {
  const name = type.replace(/^AWS::/, '');
  return Object.hasOwn(ENCRYPTION_TABLE, name) ? ENCRYPTION_TABLE[name] : undefined;
}
