import { isAbout } from './allowed-for';
import type { Identity } from './identities';
import { variablesIn } from '../policy/compare';
import { glob, HOLE } from '../policy/glob';
import type { NamedPrincipal, Statement } from '../policy/statement';

/** Identities by the resources of which their policies speak, for some actions: by one ARN, or by what may be any. */
interface Speaking {
  readonly of: ReadonlyMap<string, ReadonlySet<number>>;
  readonly ofAny: ReadonlySet<number>;
}

/**
 * Finds the roles and users that may have to do with a key without looking at each of them. Most have nothing to do with most keys, and an app has many of
 * both.
 */
export class IdentityIndex {
  private readonly byArn = new Map<string, number[]>();
  private readonly speaking = new Map<readonly string[], Speaking>();

  constructor(private readonly all: readonly Identity[]) {
    all.forEach(({ arn }, at) => add(this.byArn, arn, at));
  }

  public has(arn: string): boolean {
    return this.byArn.has(arn);
  }

  /** Whoever has a policy that may allow one of some actions with a resource, or may be named by the resource's own policy: in their order. */
  public concerned(actions: readonly string[], resource: string, policy: readonly Statement[]): readonly Identity[] {
    const named = this.namedBy(policy);
    if (!named) { return this.all; }
    const { of, ofAny } = this.speakingOf(actions);
    return [...new Set([...named, ...ofAny, ...of.get(resource) ?? []])].sort((a, b) => a - b).map((at) => this.all[at]);
  }

  /** Whom a policy names by their ARNs; `undefined` where it may be anybody. */
  private namedBy(policy: readonly Statement[]): number[] | undefined {
    const found: number[] = [];
    for (const { principals } of policy.filter(({ effect }) => effect !== 'Deny')) {
      if (!principals || principals.negated || principals.items.some(mayBeAnybody)) { return undefined; }
      found.push(...principals.items.flatMap(({ kind, name }) => (kind === 'arn' ? this.byArn.get(name) ?? [] : [])));
    }
    return found;
  }

  private speakingOf(actions: readonly string[]): Speaking {
    const known = this.speaking.get(actions) ?? this.findSpeaking(actions);
    this.speaking.set(actions, known);
    return known;
  }

  private findSpeaking(actions: readonly string[]): Speaking {
    const of = new Map<string, Set<number>>();
    const ofAny = new Set<number>();
    this.all.forEach(({ statements }, at) => {
      for (const { effect, resources, ...statement } of statements) {
        if (effect === 'Deny' || !actions.some((action) => isAbout(statement, action))) { continue; }
        if (!resources || resources.negated) { ofAny.add(at); continue; }
        for (const pattern of resources.items) {
          const text = literalOf(pattern);
          if (text === undefined) { ofAny.add(at); } else { of.set(text, (of.get(text) ?? new Set()).add(at)); }
        }
      }
    });
    return { of, ofAny };
  }
}

const mayBeAnybody = ({ kind, name }: NamedPrincipal) => kind === 'anybody' || kind === 'unknown' || (kind === 'arn' && name.includes(HOLE));

/** The one resource for which a pattern stands, where it has neither wildcards nor variables. */
function literalOf(pattern: string): string | undefined {
  return variablesIn(pattern).length > 0 ? undefined : glob(pattern, 'resource')?.literal;
}

function add(all: Map<string, number[]>, key: string, at: number): void {
  all.set(key, [...all.get(key) ?? [], at]);
}
