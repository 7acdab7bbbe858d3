import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { globSync, isDynamicPattern } from 'tinyglobby';
import { Acknowledgements, acknowledgementsIn } from './acknowledgements';
import { Failure } from './failure';
import { looksLikeTemplate, LARGEST_TEMPLATE, ParsedTemplate, parseTemplate } from './parse';
import { isObject, Json } from '../checks/model/template';

/** A template to check, and those that it can see. */
export interface Source {
  /** As a person names it: relative to where he is. */
  readonly file: string;
  /** Templates of one group see each other: those of one cloud assembly. */
  readonly group: string;
  readonly stackName?: string;
  readonly template: ParsedTemplate;
  readonly acknowledgements: Acknowledgements;
}

export interface Sources {
  readonly sources: Source[];
  readonly failures: Failure[];
}

/** Takes what a function reads, or why it cannot. */
type Take = (file: string, load: () => Source | undefined) => void;

const NOTHING: Acknowledgements = new Map();

/** Everything that paths, globs and folders name; what cannot be read is told beside what can. */
export function readSources(paths: readonly string[], stdin: () => string): Sources {
  const sources: Source[] = [];
  const failures: Failure[] = [];
  const take: Take = (file, load) => {
    try {
      const source = load();
      if (source) { sources.push(source); }
    } catch (error) {
      failures.push(error instanceof Failure ? error : new Failure((error as Error).message, file));
    }
  };
  for (const path of paths) {
    if (path === '-') {
      take('<stdin>', () => ({ file: '<stdin>', group: '<stdin>', template: parseTemplate(stdin(), '<stdin>'), acknowledgements: NOTHING }));
    } else if (isFolder(path)) {
      readFolder(path, take, failures);
    } else if (existsSync(path)) {
      take(path, () => single(path, true));
    } else if (isDynamicPattern(path)) {
      const found = globSync(path, { onlyFiles: true, expandDirectories: false }).sort();
      if (found.length === 0) { failures.push(new Failure('no file matches this pattern', path)); }
      found.forEach((file) => take(file, () => single(file, false)));
    } else {
      failures.push(new Failure('there is no such file or folder', path));
    }
  }
  return { sources, failures };
}

const isFolder = (path: string) => existsSync(path) && statSync(path).isDirectory();

/** A template by itself: one that was named must be one. */
function single(file: string, named: boolean): Source | undefined {
  const text = read(file);
  if (!named && !looksLikeTemplate(text)) { return undefined; }
  return { file, group: file, template: parseTemplate(text, file), acknowledgements: NOTHING };
}

function read(file: string): string {
  const { size } = statSync(file);
  if (size > LARGEST_TEMPLATE) { throw new Failure(`it has ${(size / 1024 / 1024).toFixed(0)} MB; CloudFormation takes templates of 1 MB`, file); }
  return readFileSync(file, 'utf8');
}

/** Cloud assemblies, with the assemblies of their stages, and whatever templates are beside them. */
function readFolder(folder: string, take: Take, failures: Failure[]): void {
  const ignore = ['**/node_modules/**', '**/asset.*/**'];
  const assemblies = globSync('**/manifest.json', { cwd: folder, ignore }).map((manifest) => dirname(manifest)).filter((each) => isAssembly(join(folder, each))).sort();
  const inside = (path: string, assembly: string) => assembly === '.' || path === assembly || path.startsWith(`${assembly}/`);
  const loose = globSync('**/*.{json,yaml,yml,template}', { cwd: folder, ignore }).filter((file) => !assemblies.some((assembly) => inside(file, assembly))).sort();
  if (assemblies.length + loose.length === 0) { failures.push(new Failure('there is no template in this folder', folder)); }
  for (const assembly of assemblies) {
    const root = assemblies.find((other) => inside(assembly, other))!;
    take(join(folder, assembly, 'manifest.json'), () => { readAssembly(join(folder, root), join(folder, assembly), take); return undefined; });
  }
  loose.forEach((file) => take(join(folder, file), () => single(join(folder, file), false)));
}

function isAssembly(folder: string): boolean {
  return existsSync(join(folder, 'cdk.out')) || /"artifacts"\s*:/.test(read(join(folder, 'manifest.json')));
}

function readAssembly(root: string, folder: string, take: Take): void {
  const manifest = JSON.parse(read(join(folder, 'manifest.json'))) as Json;
  const artifacts = Object.values(isObject(manifest.artifacts) ? manifest.artifacts : {}).filter(isObject);
  for (const artifact of artifacts.filter(({ type }) => type === 'aws:cloudformation:stack')) {
    const properties = isObject(artifact.properties) ? artifact.properties : {};
    const file = join(folder, String(properties.templateFile));
    const metadata = metadataOf(folder, artifact);
    const stackName = typeof properties.stackName === 'string' ? properties.stackName : artifact.displayName?.toString();
    take(file, () => ({ file, group: root, stackName, template: parseTemplate(read(file), file), acknowledgements: acknowledgementsIn(metadata) }));
  }
  for (const nested of globSync('*.nested.template.json', { cwd: folder }).sort()) {
    const file = join(folder, nested);
    take(file, () => ({ file, group: root, template: parseTemplate(read(file), file), acknowledgements: NOTHING }));
  }
}

/** The metadata of a stack's constructs: in the manifest, or in a file of its own. */
function metadataOf(folder: string, artifact: Json): Json {
  const file = typeof artifact.additionalMetadataFile === 'string' ? join(folder, artifact.additionalMetadataFile) : undefined;
  const more = file && existsSync(file) ? JSON.parse(read(file)) as Json : {};
  return { ...(isObject(artifact.metadata) ? artifact.metadata : {}), ...more };
}

/** As a report names a file: below the working directory, with slashes. */
export function shown(file: string, cwd: string): string {
  const path = relative(cwd, file);
  return (path.startsWith('..') ? file : path).split(sep).join('/');
}
