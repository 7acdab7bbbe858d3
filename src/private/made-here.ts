import type { IConstruct } from 'constructs';

const IDS = Symbol('cdk-encryption-constructs.made');

/** Remembers, on the scope, that what has this id there is made by this library. */
export function recordMade(scope: IConstruct, id: string): void {
  const known = (scope as { [IDS]?: Set<string> })[IDS];
  if (known) { known.add(id); } else { Object.defineProperty(scope, IDS, { value: new Set([id]) }); }
}

/** Whether this library makes a construct, and so protects it whatever EncryptionDefaults say. */
export function isMadeHere({ node }: IConstruct): boolean {
  return (node.scope as { [IDS]?: Set<string> } | undefined)?.[IDS]?.has(node.id) ?? false;
}
