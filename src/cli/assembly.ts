import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { globSync } from 'tinyglobby';
import { Acknowledgements, acknowledgementsIn } from './acknowledgements';
import { ConstructPaths, pathsByScope, scopeOfNested } from './construct-paths';
import { Positions, positionsIn, positionsReported } from './creation';
import { parseStack } from './parse';
import { read, Source, Take } from './source';
import { isObject, Json } from '../template/values';

/** The stacks of a cloud assembly, with their nested stacks, and what the metadata says of their constructs. */
export function readAssembly(root: string, folder: string, take: Take): void {
  const manifest = JSON.parse(read(join(folder, 'manifest.json'))) as Json;
  const artifacts = Object.values(isObject(manifest.artifacts) ? manifest.artifacts : {}).filter(isObject);
  const files = nestedFiles(folder);
  const above = acknowledgedAbove(root, manifest);
  const known = new Set<string>();
  const reported = positionsReported([root, folder]);
  const readStack = (name: string, stack: Constructs, more: Pick<Source, 'stackName' | 'account' | 'region' | 'parent'>, scope = '') => {
    const file = join(folder, name);
    if (known.has(file)) { return; }
    known.add(file);
    const paths = stack.pathsOf(scope);
    const source = take(file, () => ({
      ...more,
      file,
      group: root,
      template: parseStack(read(file), file),
      acknowledgements: stack.acknowledgementsOf(paths),
      paths,
      sourceOf: (path) => stack.positions(path) ?? reported(path),
    }));
    for (const [logicalId, asset] of source ? nestedStacks(source.template.json) : []) {
      const nested = files.get(asset) ?? asset;
      if (!existsSync(join(folder, nested))) { continue; }
      readStack(nested, stack, { parent: { source: source!, logicalId } }, scopeOfNested(logicalId, paths));
    }
  };
  for (const artifact of artifacts.filter(({ type }) => type === 'aws:cloudformation:stack')) {
    const properties = isObject(artifact.properties) ? artifact.properties : {};
    const stackName = typeof properties.stackName === 'string' ? properties.stackName : artifact.displayName?.toString();
    readStack(String(properties.templateFile), constructsOf({ ...above, ...metadataOf(folder, artifact) }), { stackName, ...placeOf(artifact) });
  }
  globSync('*.nested.template.json', { cwd: folder }).sort().forEach((nested) => readStack(nested, constructsOf({}), {}));
}

/** `aws://111122223333/us-east-1`, where the app says it. */
function placeOf({ environment }: Json): Pick<Source, 'account' | 'region'> {
  const [, account, region] = /^aws:\/\/([^/]+)\/(.+)$/.exec(String(environment)) ?? [];
  return { account: account?.startsWith('unknown') ? undefined : account, region: region?.startsWith('unknown') ? undefined : region };
}

/** What an assembly knows of the constructs of a stack and of the stacks nested in it. */
interface Constructs {
  readonly acknowledgementsOf: (paths: ConstructPaths) => Acknowledgements;
  readonly positions: Positions;
  /** Those of the template of a scope. */
  readonly pathsOf: (scope: string) => ConstructPaths;
}

const constructsOf = (metadata: Json): Constructs =>
  ({ acknowledgementsOf: acknowledgementsIn(metadata), positions: positionsIn(metadata), pathsOf: pathsByScope(metadata) });

/** The templates of nested stacks: the hash of the asset → its file. */
function nestedFiles(folder: string): Map<string, string> {
  const manifests = globSync('*.assets.json', { cwd: folder }).map((name) => JSON.parse(read(join(folder, name))) as Json);
  return new Map(manifests.flatMap(({ files }) => Object.entries(isObject(files) ? files : {}))
    .map(([hash, asset]) => [hash, isObject(asset) && isObject(asset.source) ? String(asset.source.path) : ''] as const));
}

/** The nested stacks of a template: logical id, and the asset that is its template. */
function nestedStacks({ Resources }: Json): Array<[logicalId: string, asset: string]> {
  return Object.entries(Resources as Json).flatMap(([logicalId, resource]) => {
    if (!isObject(resource) || resource.Type !== 'AWS::CloudFormation::Stack') { return []; }
    const { Metadata, Properties } = resource;
    const path = isObject(Metadata) ? Metadata['aws:asset:path'] : undefined;
    const hash = isObject(Properties) ? /[0-9a-f]{64}/.exec(JSON.stringify(Properties.TemplateURL) ?? '')?.[0] : undefined;
    const asset = typeof path === 'string' ? path : hash;
    return asset === undefined ? [] : [[logicalId, asset]];
  });
}

/** What is acknowledged on the app and its Stages: the manifest of the whole assembly says so. */
function acknowledgedAbove(root: string, manifest: Json): Json {
  const whole = join(root, 'manifest.json');
  const { artifacts } = existsSync(whole) ? JSON.parse(read(whole)) as Json : manifest;
  const { EncryptionAcknowledgements: record } = isObject(artifacts) ? artifacts : {};
  return isObject(record) && isObject(record.metadata) ? record.metadata : {};
}

/** The metadata of a stack's constructs: in the manifest, or in a file of its own. */
function metadataOf(folder: string, artifact: Json): Json {
  const file = typeof artifact.additionalMetadataFile === 'string' ? join(folder, artifact.additionalMetadataFile) : undefined;
  const more = file && existsSync(file) ? JSON.parse(read(file)) as Json : {};
  return { ...(isObject(artifact.metadata) ? artifact.metadata : {}), ...more };
}
