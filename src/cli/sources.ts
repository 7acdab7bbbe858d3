import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { globSync, isDynamicPattern } from 'tinyglobby';
import { readAssembly } from './assembly';
import { Failure } from './failure';
import { readInner } from './inner-templates';
import { looksLikeTemplate, NoTemplate, parseTemplate } from './parse';
import { read, Source, Take } from './source';

export interface Sources {
  readonly sources: Source[];
  readonly failures: Failure[];
}

const NOTHING = { acknowledgements: new Map<string, never>(), paths: new Map<string, never>(), sourceOf: () => undefined };

/** Everything that paths, globs and folders name; what cannot be read is told beside what can. */
export function readSources(cwd: string, paths: readonly string[], stdin: () => string): Sources {
  const sources: Source[] = [];
  const failures: Failure[] = [];
  const take: Take = (file, load) => {
    try {
      const source = load();
      if (source) { sources.push(source); }
      return source;
    } catch (error) {
      failures.push(error instanceof Failure ? error : new Failure((error as Error).message, file));
      return undefined;
    }
  };
  for (const given of paths) {
    const before = sources.length + failures.length;
    readPath(given, resolve(cwd, given), { cwd, stdin, take, failures });
    // What names no template at all is a mistake, whatever else was found.
    if (sources.length + failures.length === before) { failures.push(new Failure(`no ${isFolder(resolve(cwd, given)) ? 'stack' : 'template'} found`, resolve(cwd, given))); }
  }
  for (const source of [...sources]) { readInner(source, take, isFile); }
  return { sources: withoutTwins(sources), failures };
}

interface Reading {
  readonly cwd: string;
  readonly stdin: () => string;
  readonly take: Take;
  readonly failures: Failure[];
}

function readPath(given: string, path: string, { cwd, stdin, take, failures }: Reading): void {
  if (given.trim() === '') {
    throw new Failure('a path is empty: is a variable not set? Name a folder, a template, a glob, or - for standard input.');
  } else if (given === '-') {
    take('<stdin>', () => ({ file: '<stdin>', group: '<stdin>', template: parseTemplate(stdin(), '<stdin>'), ...NOTHING }));
  } else if (isFolder(path)) {
    readFolder(path, take, failures);
  } else if (existsSync(path)) {
    take(path, () => single(path, true));
  } else if (isDynamicPattern(given)) {
    const found = globSync(given, { cwd, absolute: true, onlyFiles: true, expandDirectories: false }).sort();
    if (found.length === 0) { failures.push(new Failure('no file matches this pattern', path)); }
    found.forEach((file) => take(file, () => single(file, false)));
  } else {
    failures.push(new Failure('file or folder not found', path));
  }
}

/** A file that was named twice is judged once: with its parent, or with the assembly that it is of. */
function withoutTwins(sources: readonly Source[]): Source[] {
  const [nested, assembled, alone] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (const { file, group, parent, within } of sources) {
    if (within === undefined && (parent || group !== file)) { (parent ? nested : assembled).add(file); }
  }
  return sources.filter(({ file, group, parent, within }) => {
    if (parent || within !== undefined) { return true; }
    if (nested.has(file) || (group === file && assembled.has(file)) || alone.has(file)) { return false; }
    alone.add(file);
    return true;
  });
}

const isFile = (path: string) => existsSync(path) && statSync(path).isFile();

const isFolder = (path: string) => existsSync(path) && statSync(path).isDirectory();

/** A template by itself: one that was named must be one. */
function single(file: string, named: boolean): Source | undefined {
  const text = read(file);
  if (!named && !looksLikeTemplate(text)) { return undefined; }
  try {
    return { file, group: file, template: parseTemplate(text, file), ...NOTHING };
  } catch (error) {
    if (error instanceof NoTemplate && !named) { return undefined; }
    throw error;
  }
}

/** Cloud assemblies, with the assemblies of their stages, and whatever templates are beside them. */
function readFolder(folder: string, take: Take, failures: Failure[]): void {
  const ignore = ['**/node_modules/**', '**/asset.*/**'];
  const manifests = globSync('**/manifest.json', { cwd: folder, ignore });
  const assemblies = manifests.map((manifest) => dirname(manifest)).filter((each) => isAssembly(join(folder, each))).sort();
  const inside = (path: string, assembly: string) => assembly === '.' || path === assembly || path.startsWith(`${assembly}/`);
  const files = globSync('**/*.{json,yaml,yml,template}', { cwd: folder, ignore });
  const loose = files.filter((file) => !assemblies.some((assembly) => inside(file, assembly))).sort();
  if (assemblies.length + loose.length === 0) { failures.push(new Failure('no template found', folder)); }
  for (const assembly of assemblies) {
    const root = assemblies.find((other) => inside(assembly, other))!;
    take(join(folder, assembly, 'manifest.json'), () => { readAssembly(join(folder, root), join(folder, assembly), take); return undefined; });
  }
  loose.forEach((file) => take(join(folder, file), () => single(join(folder, file), false)));
}

function isAssembly(folder: string): boolean {
  return existsSync(join(folder, 'cdk.out')) || /"artifacts"\s*:/.test(read(join(folder, 'manifest.json')));
}
