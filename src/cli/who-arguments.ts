import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { isDynamicPattern } from 'tinyglobby';
import { Failure } from './failure';

/** What of the arguments are files, folders and patterns; the rest names resources. */
export function splitArguments(cwd: string, positionals: readonly string[]): { readonly paths: string[]; readonly resources: string[] } {
  const isPath = (text: string) => text === '-' || existsSync(resolve(cwd, text)) || isDynamicPattern(text) || /\.(json|ya?ml|template)$/.test(text);
  const [paths, resources] = [positionals.filter(isPath), positionals.filter((text) => !isPath(text))];
  if (positionals.includes('')) { throw new Failure('an argument is empty: name a key, a resource or a path, or leave it out.'); }
  if (paths.length > 0) { return { paths, resources }; }
  if (!existsSync(resolve(cwd, 'cdk.out'))) {
    throw new Failure('no cdk.out in this folder. Say what to read, for example `cdk-encryption who Uploads cdk.out`.');
  }
  return { paths: ['cdk.out'], resources };
}
