import type { Glob, Token } from './glob';

/** What a text must match: one of each list of patterns, and none of the others. */
export interface TextProblem {
  readonly all: ReadonlyArray<readonly Glob[]>;
  readonly none: readonly Glob[];
}

/** More states than any policy that somebody wrote. */
const MOST_STATES = 20_000;

/** A character of which no pattern speaks, in the order in which a person would like to read them. */
const FRESH = 'x9zqk7';

/**
 * The shortest text that matches one pattern of each list and none of the others; `undefined` where there is none, `'too hard'`
 * where the search has no end within reason. The patterns are run together, character by character.
 */
export function findText({ all: wanted, none }: TextProblem): { readonly text: string } | 'too hard' | undefined {
  const all = wanted.map((globs) => globs.filter((glob) => !none.some((other) => isSame(glob, other))));
  if (all.some(({ length }) => length === 0)) { return undefined; }
  const easy = amongLiterals({ all, none });
  if (easy !== 'open') { return easy; }
  const globs = [...all.flat(), ...none];
  const alphabet = alphabetOf(globs);
  const start = globs.map(({ tokens }) => closure(tokens, [0]));
  const seen = new Set<string>([nameOf(start)]);
  let frontier: Array<{ readonly states: number[][]; readonly text: string }> = [{ states: start, text: '' }];
  while (frontier.length > 0) {
    const next: typeof frontier = [];
    for (const { states, text } of frontier) {
      if (accepts(states, all, none)) { return { text }; }
      for (const character of alphabet) {
        const reached = states.map((positions, index) => step(globs[index].tokens, positions, character));
        if (isDead(reached, all)) { continue; }
        const name = nameOf(reached);
        if (seen.has(name)) { continue; }
        if (seen.size > MOST_STATES) { return 'too hard'; }
        seen.add(name);
        next.push({ states: reached, text: text + character });
      }
    }
    frontier = next;
  }
  return undefined;
}

/** Whether two patterns are the same: what may match one and may not match the other does not exist. */
function isSame(a: Glob, b: Glob): boolean {
  return a === b || (a.source === b.source && a.tokens.length === b.tokens.length
    && a.tokens.every(({ only, except, many }, at) => only === b.tokens[at].only && except === b.tokens[at].except && many === b.tokens[at].many));
}

/** Whether a text solves a problem. */
export function solves(text: string, { all, none }: TextProblem): boolean {
  return all.every((globs) => globs.some((glob) => glob.matches(text))) && !none.some((glob) => glob.matches(text));
}

/** A list without wildcards leaves only its own texts to try. */
function amongLiterals(problem: TextProblem): { readonly text: string } | 'open' | undefined {
  const literal = problem.all.find((globs) => globs.every((each) => each.literal !== undefined));
  if (!literal) { return 'open'; }
  const found = literal.find((each) => solves(each.literal!, problem));
  return found && { text: found.literal! };
}

/** The characters to try: one of those that the patterns do not tell apart stands for all of them. */
function alphabetOf(globs: readonly Glob[]): string[] {
  const sets = new Set<string>();
  for (const { tokens } of globs) { for (const { only = '', except = '' } of tokens) { sets.add(only); sets.add(except); } }
  const named = new Set([...sets].flatMap((set) => [...set]));
  const fresh = [...FRESH].filter((character) => !named.has(character)).slice(0, 2);
  const inOrder = [...fresh, ...[...named].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))];
  const large = [...sets].filter(({ length }) => length > 1);
  const distinct = new Map<string, string>();
  for (const character of inOrder) {
    const isNamedAlone = sets.has(character);
    const sameAs = isNamedAlone ? `=${character}` : large.map((set) => (set.includes(character) ? '1' : '0')).join('');
    if (!distinct.has(sameAs)) { distinct.set(sameAs, character); }
  }
  return [...distinct.values()];
}

/** Letters and digits first, so that what is found reads well. */
const rank = (character: string) => (FRESH.includes(character) ? FRESH.indexOf(character) : /[a-z0-9]/.test(character) ? 10 : 20);

const nameOf = (states: readonly number[][]) => states.map((positions) => positions.join(',')).join(';');

/** The positions that are reached without a character, in their order: a star may stand for nothing. */
function closure(tokens: readonly Token[], inOrder: readonly number[]): number[] {
  const reached: number[] = [];
  let last = -1;
  for (let position of inOrder) {
    // What follows one that was passed already was reached with it.
    if (position <= last) { continue; }
    reached.push(position);
    while (tokens[position]?.many) { reached.push(++position); }
    last = position;
  }
  return reached;
}

function step(tokens: readonly Token[], positions: readonly number[], character: string): number[] {
  const next: number[] = [];
  for (const position of positions) {
    const token = tokens[position];
    if (token && (token.only === undefined || token.only.includes(character)) && !token.except?.includes(character)) {
      next.push(token.many ? position : position + 1);
    }
  }
  return next.length === 0 ? next : closure(tokens, next);
}

/** Whether some list can be matched no more. */
function isDead(states: readonly number[][], all: ReadonlyArray<readonly Glob[]>): boolean {
  let index = 0;
  return all.some((globs) => {
    const alive = globs.some((_, offset) => states[index + offset].length > 0);
    index += globs.length;
    return !alive;
  });
}

function accepts(states: readonly number[][], all: ReadonlyArray<readonly Glob[]>, none: readonly Glob[]): boolean {
  let index = 0;
  const ended = (glob: Glob, at: number) => states[at][states[at].length - 1] === glob.tokens.length;
  const met = all.every((globs) => {
    const found = globs.some((glob, offset) => ended(glob, index + offset));
    index += globs.length;
    return found;
  });
  return met && !none.some((glob, offset) => ended(glob, index + offset));
}
