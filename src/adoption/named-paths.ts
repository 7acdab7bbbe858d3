import { closest } from '../private/nearest';

/** Paths that the caller names, and which of them the property injectors asked for: one for each construct that is made. */
export class NamedPaths extends Set<string> {
  private readonly made = new Set<string>();

  public has(path: string): boolean {
    this.made.add(path);
    return super.has(path);
  }

  /** The paths under which nothing was made, each with the one that is most like it. */
  public unmatched(): Array<{ readonly path: string; readonly nearest?: string }> {
    return [...this].filter((path) => !this.made.has(path)).map((path) => ({ path, nearest: closest(path, [...this.made]) }));
  }
}
