import type { Rule } from './rule';

/** What a person calls a resource, and where its key stands. */
export interface ProtectedResource {
  readonly kind: string;
  /** The path of the property that names the key. */
  readonly key?: readonly string[];
}

/** Everything that there is to say of a service without the CDK: one declaration in each service's folder. */
export interface Service {
  /** The name of its folder, and the word for it everywhere. */
  readonly name: string;
  /** As AWS writes it. */
  readonly title: string;
  /** Resource type → what it is, for those whose protection a person asks about. */
  readonly protects: Readonly<Record<string, ProtectedResource>>;
  readonly rules: readonly Rule[];
}
