import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from './failure';

/** The paths that are given, else the cloud assembly of the folder; `example` says how to give one. */
export function pathsOrDefault(paths: readonly string[], cwd: string, verb: string, example: string): readonly string[] {
  if (paths.length > 0) { return paths; }
  if (existsSync(join(cwd, 'cdk.out'))) { return ['cdk.out']; }
  throw new Failure(`no cdk.out in this folder. Say what to ${verb}, for example \`cdk-encryption ${example}\`.`);
}
