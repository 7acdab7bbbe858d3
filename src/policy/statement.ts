import { remembering } from './remembering';

/** Policies in one shape, with everything in it that the template does not tell marked as such. */

/** Whom a statement names. */
export type PrincipalKind =
  /** `*`: everybody, without credentials too. */
  | 'anybody'
  /** An account by its number or its root: whom its administrators choose. */
  | 'account'
  /** A role, user or session by its ARN. */
  | 'arn'
  | 'service'
  | 'federated'
  /** An account by its canonical user ID, or an origin access identity of CloudFront. */
  | 'canonical'
  /** AWS has no such kind of principal: nobody is meant. */
  | 'none'
  /** It is not known what kind of principal it is. */
  | 'unknown';

export interface NamedPrincipal {
  readonly kind: PrincipalKind;
  /** The account's number, the ARN, the service; with `HOLE` where a part is not known. */
  readonly name: string;
}

/** An element and its negation: `Action` and `NotAction`. */
export interface Element<T> {
  readonly negated: boolean;
  readonly items: readonly T[];
}

/** One line of a condition: an operator, a key and its values. All of a statement's must hold. */
export interface Condition {
  readonly operator: Operator;
  /** As written, for messages. */
  readonly written: string;
  /** In lower case: IAM compares them so. */
  readonly key: string;
  /** With `HOLE` where a part is not known, and policy variables as written. */
  readonly values: readonly string[];
}

/** How the values of a key with many are taken: `ForAnyValue`, `ForAllValues`, or not at all. */
export type Quantifier = 'any' | 'all' | undefined;

export interface Operator {
  /** `unknown`: IAM has no such operator, or it is not known which one it is. */
  readonly family: 'text' | 'arn' | 'number' | 'date' | 'boolean' | 'binary' | 'address' | 'null' | 'unknown';
  readonly quantifier: Quantifier;
  readonly negated: boolean;
  readonly ifExists: boolean;
  /** Of texts: how they are compared. Of numbers and dates: which side. */
  readonly comparison: 'equals' | 'ignoring case' | 'like' | 'less' | 'at most' | 'more' | 'at least';
}

export interface Statement {
  readonly sid?: string;
  /** Its place in the policy, from 1. */
  readonly position: number;
  /** `unknown` where the template does not tell. */
  readonly effect: 'Allow' | 'Deny' | 'unknown';
  /** None in identity policies. */
  readonly principals?: Element<NamedPrincipal>;
  /** In lower case. */
  readonly actions: Element<string>;
  /** None in policies that speak of one resource, such as trust policies. */
  readonly resources?: Element<string>;
  readonly conditions: readonly Condition[];
  /** Why something in it is not known. */
  readonly unknown?: string;
  /** Whether nothing of it is known. */
  readonly isOpaque?: boolean;
}

/** How a statement is named in a finding. */
export function nameOf({ sid, position }: Statement): string {
  return sid ? `statement ${sid}` : `statement ${position}`;
}

/** In one text what a statement says, wherever it stands, whatever it is called and whatever it is about. */
export const sayingOf = remembering(({ effect, principals, actions, conditions, unknown, isOpaque }: Statement): string => {
  // What an operator means is written in its name.
  const said = conditions.map(({ written, values }) => [written, ...values]);
  return JSON.stringify([effect, principals?.negated, principals?.items.map(({ kind, name }) => `${kind} ${name}`), actions.negated, actions.items, said, unknown, isOpaque]);
});

/** The resources that a Deny leaves out (`NotResource`): somebody may have those. */
export function leftOutBy({ effect, resources }: Statement): readonly string[] {
  return effect === 'Deny' && resources?.negated ? resources.items : [];
}
