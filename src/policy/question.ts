import type { Policies, Request } from './decide';
import type { Statement } from './statement';
import type { Who } from './who';

/** What a request has for sure of condition keys in lower case; `undefined` where it is for sure without one. */
export type Given = ReadonlyMap<string, readonly string[] | undefined>;

/** Whether somebody could do something. */
export interface Question {
  /** Any of them. */
  readonly who: readonly Who[];
  /** Any of them, as `kms:Decrypt`. */
  readonly actions: readonly string[];
  /** Any of these ARNs. */
  readonly resources: readonly string[];
  /** The account that owns the resources. */
  readonly account: string;
  readonly given?: Given;
  /** What policies of the own account allow the caller: everything, as its administrators could, or nothing. Those of other accounts may allow everything. */
  readonly identity: 'everything' | 'nothing';
  /** Condition keys, in lower case, for which nothing counts that a policy names exactly. */
  readonly fresh?: RegExp;
  /** Policies that do not allow the same: what one allows and another does not. */
  readonly notBy?: Policies;
}

export type Answer =
  | { readonly answer: 'yes'; readonly witness: Request; readonly who: Who; readonly statement?: Statement }
  | { readonly answer: 'no'; readonly reason: string; readonly statement?: Statement }
  | { readonly answer: 'unknown'; readonly reason: string; readonly statement?: Statement; readonly witness?: Request; readonly who?: Who };
