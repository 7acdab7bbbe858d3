/**
 * Whether to use colours: FORCE_COLOR decides, then NO_COLOR, then whether somebody looks at a terminal.
 *
 * @see https://no-color.org
 * @see https://force-color.org
 */
export function isColoured(environment: Readonly<Record<string, string | undefined>>, isTerminal: boolean | undefined): boolean {
  const { FORCE_COLOR: force, NO_COLOR: no, TERM: term } = environment;
  if (force !== undefined && force !== '') { return force !== '0' && force !== 'false'; }
  if (no !== undefined && no !== '') { return false; }
  return isTerminal === true && term !== 'dumb';
}

/** A run that takes longer says how far it is, on one line, ten times a second. */
const QUIET_MILLISECONDS = 1000;
const BETWEEN_MILLISECONDS = 100;

export interface ProgressLine {
  readonly tell: (done: number, of: number) => void;
  readonly clear: () => void;
}

export function progressLine(write: (text: string) => void, now: () => number): ProgressLine {
  const started = now();
  let [last, isShown] = [0, false];
  return {
    tell: (done, of) => {
      if (now() - started < QUIET_MILLISECONDS || now() - last < BETWEEN_MILLISECONDS) { return; }
      last = now();
      isShown = true;
      write(`\r${done} of ${of} templates\u001b[K`);
    },
    clear: () => {
      if (isShown) { write('\r\u001b[K'); }
      isShown = false;
    },
  };
}
