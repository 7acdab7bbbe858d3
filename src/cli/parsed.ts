/** A parsed text, and where in it a resource stands. */
export interface Parsed {
  readonly json: unknown;
  readonly lineOf: (logicalId: string) => number | undefined;
}
