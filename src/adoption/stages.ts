import { Stage } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** What writes the assembly of a Stage. A Stage that is made in it asks for a part of its own, by its path. */
interface AssemblyBuilder {
  createNestedAssembly(artifactId: string, displayName: string): AssemblyBuilder;
}

/**
 * Tells of each Stage below a scope, also of one that is made later: aspects of an app do not reach into its Stages, and a property injector sees classes only.
 * The CDK has no other sign that a Stage is made; where it once gives none, what its injectors see is reached all the same.
 */
export function forEachStage(scope: IConstruct, tell: (stage: Stage) => void): void {
  const around = Stage.isStage(scope) ? scope : Stage.of(scope);
  if (!around) { return; }
  const below = scope.node.findAll().filter((each): each is Stage => Stage.isStage(each) && each !== around);
  const isBelow = (stage: IConstruct) => stage.node.scopes.includes(scope);
  const watch = (builder: AssemblyBuilder | undefined) => whenPartIsMade(builder, (path, part) => {
    const made = atPath(around.node.root, path);
    watch(part);
    if (made && Stage.isStage(made) && isBelow(made)) { tell(made); }
  });
  for (const stage of [around, ...below]) { watch((stage as unknown as { readonly _assemblyBuilder?: AssemblyBuilder })._assemblyBuilder); }
  below.forEach(tell);
}

function whenPartIsMade(builder: AssemblyBuilder | undefined, tell: (path: string, part: AssemblyBuilder) => void): void {
  const make = builder?.createNestedAssembly;
  if (!builder || typeof make !== 'function') { return; }
  builder.createNestedAssembly = (artifactId, displayName) => {
    const part = make.call(builder, artifactId, displayName);
    tell(displayName, part);
    return part;
  };
}

const atPath = (root: IConstruct, path: string) => path.split('/').reduce<IConstruct | undefined>((at, id) => at?.node.tryFindChild(id), root);
