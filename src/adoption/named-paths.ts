import { closest } from '../private/nearest';

/**
 * Paths that the caller names, and which of them the property injectors asked for: one for each construct that is made. `*` stands for a part
 * of one name, `**` for any number of names.
 */
export class NamedPaths {
  private readonly made = new Set<string>();
  private readonly patterns: ReadonlyArray<readonly [path: string, expression: RegExp]>;

  constructor(paths: readonly string[]) {
    this.patterns = paths.map((path) => [path, expressionOf(path)]);
  }

  public has(path: string): boolean {
    this.made.add(path);
    return this.patterns.some(([, expression]) => expression.test(path));
  }

  /** The paths under which nothing was made, each with the one that is most like it. */
  public unmatched(): Array<{ readonly path: string; readonly nearest?: string }> {
    return this.patterns.filter(([, expression]) => ![...this.made].some((path) => expression.test(path)))
      .map(([path]) => ({ path, nearest: closest(path, [...this.made]) }));
  }
}

function expressionOf(path: string): RegExp {
  const names = path.split('/').map((name) => (name === '**' ? '.*' : name.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/\*+/g, '[^/]*')));
  // `**` stands for no name as well: then there is no slash beside it.
  return new RegExp(`^${names.join('/').replace(/\.\*\//g, '(?:.*/)?').replace(/\/\.\*$/, '(?:/.*)?')}$`);
}
