/** The outside of the command: what it reads and writes. */
export interface Surface {
  readonly cwd: string;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly colour: boolean;
  /** Shows progress on a terminal; `undefined` where there is none. */
  readonly progress?: (done: number, of: number) => void;
  readonly stdin: () => string;
  /** As 2027-03-31. */
  readonly today: string;
}
