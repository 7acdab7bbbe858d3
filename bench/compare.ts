export const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

export function milliseconds<T>(work: () => T): [number, T] {
  const start = process.hrtime.bigint();
  const result = work();
  return [Number(process.hrtime.bigint() - start) / 1e6, result];
}

/** Runs both in turn, after a run of each that does not count; prints and gives the medians. */
export function compare(title: string, a: [string, () => void], b: [string, () => void], runs = 7): [number, number] {
  a[1]();
  b[1]();
  const times: [number[], number[]] = [[], []];
  for (let run = 0; run < runs; run++) {
    times[0].push(milliseconds(a[1])[0]);
    times[1].push(milliseconds(b[1])[0]);
  }
  const [of, by] = times.map(median);
  console.log(`${title}\n  ${a[0]} ${of.toFixed(0)} ms, ${b[0]} ${by.toFixed(0)} ms, ratio ${(of / by).toFixed(2)}`);
  return [of, by];
}
