import { givesAnything } from '../template/outside';
import type { TemplateResource } from '../template/template';

/**
 * Whether a pattern of IAM covers a text, where both may have parts that only the deployment knows.
 *
 * Such parts are symbols: `${Bucket}`, `${AWS::Region}`, `${BucketName}` for a parameter, `{{resolve:ssm:/name}}`. Two equal symbols are one value;
 * `${?}` is never equal to anything.
 */

/** What a symbol stands for. */
export type Standing =
  /** Something else than what is asked about: it is equal only to itself. */
  | 'another'
  /** A name that CloudFormation makes up: no text in a template is equal to it, but a pattern may match it. */
  | 'generated'
  /** It may be anything. */
  | 'unknown';

export type StandingOf = (symbol: string) => Standing;

/** Policy variables such as `${aws:username}` are not among them: they differ from request to request. */
const SYMBOL = /\$\{(?:AWS::\w+|[A-Za-z0-9]+(?:\.[\w.]+)?|\?|#[^{}]*)\}|\{\{resolve:[^}]*\}\}/g;

const hasSymbol = (text: string) => text.includes('${') || text.includes('{{');

/** Nothing is known of it, and it is never equal to another. */
export const UNKNOWN = '${?}';

/** Something that matches whatever stands there. */
const ANYTHING = '\uE000';

/** Characters of nobody's, in place of symbols. */
const FIRST_MASK = 0xF000;
const MASK = /[\uF000-\uF8FF]/g;

export function anyOf(answers: ReadonlyArray<boolean | undefined>): boolean | undefined {
  return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
}

export function allOf(answers: ReadonlyArray<boolean | undefined>): boolean | undefined {
  return answers.includes(false) ? false : answers.includes(undefined) ? undefined : true;
}

/** Whether a pattern has no wildcards. */
export const isWhole = (pattern: string) => !/[*?]/.test(pattern.replace(SYMBOL, ''));

/** Whether a pattern covers a text: true or false where that is certain, `undefined` where something unknown decides. */
export function patternCovers(pattern: string, text: string, standing: StandingOf = () => 'unknown'): boolean | undefined {
  if (!pattern.includes(UNKNOWN)) {
    const [head, ...wild] = pattern.split(/([*?])/);
    // Equal symbols are equal values: what begins alike goes on, or is the same.
    if (text.startsWith(head)) {
      const rest = text.slice(head.length);
      if (wild.length === 0 && !hasSymbol(rest)) { return rest === ''; }
      if (wild.length === 2 && wild[0] === '*' && wild[1] === '') { return true; }
    }
  }
  if (!hasSymbol(pattern) && !hasSymbol(text)) { return overlap(pattern, text); }
  const symbols = new Symbols();
  if (overlap(symbols.write(pattern, () => false), symbols.write(text, () => false))) { return true; }
  // What stands in both is the same in both.
  const isShared = (symbol: string) => symbol !== UNKNOWN && pattern.includes(symbol) && text.includes(symbol);
  const isOpen = (symbol: string) => !isShared(symbol) && standing(symbol) === 'unknown';
  // Regions and accounts do not make up a name.
  const literal = isWhole(pattern) && !(pattern.match(SYMBOL) ?? []).some((symbol) => isOpen(symbol) && !symbol.startsWith('${AWS::'));
  const isMade = (symbol: string) => !literal && !isShared(symbol) && standing(symbol) === 'generated';
  const mayBe = overlap(symbols.write(pattern, isOpen), symbols.write(text, (symbol) => isOpen(symbol) || isMade(symbol)));
  return mayBe ? undefined : false;
}

/** The parts of a text between separators, of which symbols may have some inside. */
export function partsOf(text: string, separator: string): string[] {
  const symbols: string[] = [];
  const masked = text.replace(SYMBOL, (symbol) => String.fromCharCode(FIRST_MASK + symbols.push(symbol) - 1));
  return masked.split(separator).map((part) => part.replace(MASK, (character) => symbols[character.charCodeAt(0) - FIRST_MASK]));
}

/** What symbols stand for where it is asked whether something names a resource of a template. */
export function standingBeside(resource: TemplateResource, nameProperty: string): StandingOf {
  return (symbol) => {
    const isItself = symbol.split(/[{.}]/)[1] === resource.logicalId;
    return isItself && resource.get(nameProperty).kind === 'absent' ? 'generated' : standingAmong(resource)(symbol);
  };
}

/** The same where what is asked about is not in the template of a resource: whatever the template makes is another. */
export function standingAmong({ owner }: TemplateResource): StandingOf {
  return (symbol) => {
    const [, logicalId = '', attribute] = /^\$\{(\w+)(?:\.([^}]*))?\}/.exec(symbol) ?? [];
    const found = owner.resource(logicalId);
    return found && !givesAnything(found.type, attribute) ? 'another' : 'unknown';
  };
}

/** Symbols as single characters, so that nothing of their names is compared. */
class Symbols {
  private readonly characters = new Map<string, string>();
  private last = 0xE010;

  /** A text in which symbols that may be anything are written as such. */
  public write(text: string, isOpen: (symbol: string) => boolean): string {
    return text.replace(SYMBOL, (symbol) => {
      if (isOpen(symbol)) { return ANYTHING; }
      // Two that are not known are never equal.
      const key = symbol === UNKNOWN ? `${symbol} ${this.last}` : symbol;
      const known = this.characters.get(key) ?? String.fromCharCode(++this.last);
      this.characters.set(key, known);
      return known;
    });
  }
}

/** Whether a pattern and a text, both with parts that may be anything, can be the same. */
function overlap(pattern: string, text: string): boolean {
  // One row of what can be reached for each position in the pattern.
  let row = reach(text, new Set([0]));
  for (const character of pattern) {
    const next = new Set<number>();
    if (character === '*' || character === ANYTHING) {
      const from = Math.min(...row);
      for (let at = from; at <= text.length; at++) { next.add(at); }
    } else {
      for (const at of row) {
        if (text[at] === ANYTHING) { next.add(at); } else if (at < text.length && (character === '?' || character === text[at])) { next.add(at + 1); }
      }
    }
    if (next.size === 0) { return false; }
    row = reach(text, next);
  }
  return row.has(text.length);
}

/** Positions of a text, and those behind parts that may be nothing. */
function reach(text: string, positions: Set<number>): Set<number> {
  for (const at of positions) {
    if (text[at] === ANYTHING) { positions.add(at + 1); }
  }
  return positions;
}
