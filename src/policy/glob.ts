/** A part of a text that only the deployment knows: it may be anything. */
export const HOLE = '\uFFFF';

/** One position of a pattern: a set of characters, once or any number of times. */
export interface Token {
  /** The characters that stand here; any where it is left out. */
  readonly only?: string;
  /** Characters that do not stand here. */
  readonly except?: string;
  readonly many: boolean;
}

/** Where wildcards are read, and how far they reach. */
export type GlobKind =
  /** No wildcards: `StringEquals`. */
  | 'literal'
  /** The same without case. */
  | 'ignoring case'
  /** `*` and `?` over everything: `StringLike`, actions. */
  | 'text'
  /** Each of the six parts of an ARN by itself: `ArnLike`. */
  | 'arn'
  /** The same; missing parts are completed with `*`: the element `Resource`. */
  | 'resource';

/** A pattern of IAM, ready to be compared and to be searched. */
export interface Glob {
  readonly source: string;
  readonly tokens: readonly Token[];
  /** The one text that matches, where there are no wildcards. */
  readonly literal?: string;
  /** Whether a part of it is not known. */
  readonly hasHole: boolean;
  matches(text: string): boolean;
}

const caches: Readonly<Record<GlobKind, Map<string, Glob>>> = {
  'literal': new Map(), 'ignoring case': new Map(), 'text': new Map(), 'arn': new Map(), 'resource': new Map(),
};
const MOST_CACHED = 5000;

/** The pattern of a text in which policy variables have been replaced; `undefined` where it can match nothing, as an ARN without its parts. */
export function glob(source: string, kind: GlobKind): Glob | undefined {
  const cache = caches[kind];
  const known = cache.get(source);
  if (known) { return known; }
  if (kind === 'arn' && !hasAllParts(source)) { return undefined; }
  if (cache.size > MOST_CACHED) { cache.clear(); }
  const made = new TokenGlob(source, kind);
  cache.set(source, made);
  return made;
}

/** What stands in a hole may contain colons: then the parts of an ARN cannot be told. */
const hasAllParts = (source: string) => source.includes(HOLE) || source.split(':').length >= 6;

class TokenGlob implements Glob {
  public readonly literal?: string;
  public readonly hasHole: boolean;
  private known?: readonly Token[];
  private expression?: RegExp;

  constructor(public readonly source: string, private readonly kind: GlobKind) {
    this.hasHole = source.includes(HOLE);
    this.literal = kind === 'ignoring case' || this.hasHole ? undefined : source.includes('${') ? this.literalOf() : isPlain(source, kind) ? source : undefined;
  }

  /** Most patterns are never taken apart. */
  public get tokens(): readonly Token[] {
    return this.known ??= tokensOf(this.source, this.kind);
  }

  private literalOf(): string | undefined {
    const isLiteral = this.tokens.every(({ only, many }) => only?.length === 1 && !many);
    return isLiteral ? this.tokens.map(({ only }) => only).join('') : undefined;
  }

  public matches(text: string): boolean {
    if (this.literal !== undefined) { return this.literal === text; }
    this.expression ??= new RegExp(`^${this.tokens.map(expressionOf).join('')}$`);
    return this.expression.test(text);
  }
}

/** Whether a pattern without escaped characters stands for itself. */
function isPlain(source: string, kind: GlobKind): boolean {
  return kind === 'literal' || !(source.includes('*') || source.includes('?') || (kind === 'resource' && !hasAllParts(source)));
}

function expressionOf({ only, except, many }: Token): string {
  const escape = (text: string) => text.replace(/[\\\]^-]/g, '\\$&');
  return `${only !== undefined ? `[${escape(only)}]` : except ? `[^${escape(except)}]` : '[^]'}${many ? '*' : ''}`;
}

/** An escaped character: `${*}`, `${?}`, `${$}` stand for themselves. */
const PIECES = /\$\{[*?$]\}|[^]/g;

function tokensOf(source: string, kind: GlobKind): Token[] {
  if (kind === 'resource' && source === '*') { return [{ many: true }]; }
  const inParts = kind === 'arn' || kind === 'resource';
  let text = source;
  // Where the parts cannot be told, wildcards reach over all.
  if (inParts && !source.includes(HOLE)) {
    const missing = kind === 'arn' ? 0 : 6 - source.split(':').length;
    text += ':*'.repeat(Math.max(0, missing));
  }
  let colons = source.includes(HOLE) ? 5 : 0;
  return (text.match(PIECES) ?? []).map((piece): Token => {
    if (piece === HOLE) { return { many: true }; }
    if (piece.length > 1) { return { only: kind === 'literal' || kind === 'ignoring case' ? piece[2] : piece[2], many: false }; }
    if (piece === ':') { colons++; }
    const wild = kind !== 'literal' && kind !== 'ignoring case' && (piece === '*' || piece === '?');
    if (wild) { return { ...(inParts && colons < 5 ? { except: ':' } : {}), many: piece === '*' }; }
    return { only: kind === 'ignoring case' ? bothCases(piece) : piece, many: false };
  });
}

const bothCases = (character: string) => [...new Set([character.toLowerCase(), character.toUpperCase()])].filter((each) => each.length === 1).join('');
