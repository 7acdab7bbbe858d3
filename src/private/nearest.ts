/** The name that is most like another, by how many letters must be changed; `undefined` where there are none. */
export function closest(name: string, names: readonly string[]): string | undefined {
  const [first] = names.map((each) => ({ each, far: distance(name.toLowerCase(), each.toLowerCase()) })).sort((a, b) => a.far - b.far);
  return first?.each;
}

/** The number of letters to put in, take out, replace or swap with their neighbour to come from one text to another. */
export function distance(a: string, b: string): number {
  let [before, previous]: number[][] = [[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      row[j] = Math.min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) { row[j] = Math.min(row[j], before[j - 2] + 1); }
    }
    [before, previous] = [previous, row];
  }
  return previous[b.length];
}
