/** From the first line to the last one, counted from 1. */
export interface Lines {
  readonly first: number;
  readonly last: number;
}

/** A parsed text, and where in it a resource stands. */
export interface Parsed {
  readonly json: unknown;
  readonly linesOf: (logicalId: string) => Lines | undefined;
  /** The line of a property of a resource, by its path as `A.B[0].C`; of one that is not written, of what it would stand in. */
  readonly lineOf: (logicalId: string, property: string) => number | undefined;
}
