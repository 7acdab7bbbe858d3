import type { Source } from './source';

interface Named {
  readonly path?: string;
  readonly logicalId: string;
}

/** The logical id, below that of the StackSet in whose body it stands. */
export function idIn({ within }: Source, logicalId: string): string {
  return within === undefined ? logicalId : `${within}/${logicalId}`;
}

/** The construct's path as the CDK has it, where anybody knows it. */
export function constructPathIn({ paths }: Source, { path, logicalId }: Named): string | undefined {
  return path ?? paths.get(logicalId);
}

/** The same as a person knows it: without the name of the L1. */
export const withoutL1 = (constructPath: string) => constructPath.replace(/\/(Resource|Default)$/, '');

/** A resource as a person knows it: by its construct's path, or by its logical id where nobody knows that. */
export function nameIn(source: Source, resource: Named): string {
  const path = constructPathIn(source, resource);
  return path === undefined ? idIn(source, resource.logicalId) : withoutL1(path);
}
