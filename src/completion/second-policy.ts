import type { CfnResource } from 'aws-cdk-lib';
import { Completion, Tell } from './registry';
import type { Estate } from '../flows/estate';
import { nameOf } from '../flows/flow';
import type { EncryptionError } from '../private/errors';
import type { TemplateResource } from '../template/template';

/** What a service calls a policy, and which of them are for a resource. */
export interface SecondPolicy {
  /** The types of its policies. */
  readonly types: readonly string[];
  readonly isFor: (policy: TemplateResource, resource: TemplateResource, estate: Estate) => boolean;
  /** The error, with the names of the policies. */
  readonly refusal: (policies: string) => EncryptionError;
}

/** Throws at synth, or tells `tell`, where a resource that this library protects has more than one policy: services keep one. */
export function refuseSecondPolicy(protectedOne: CfnResource, { types, isFor, refusal }: SecondPolicy, tell?: Tell): void {
  Completion.of(protectedOne).question(protectedOne, {
    tell,
    types,
    ask: (resource, { estate }) => {
      const policies = estate.ofType(...types).filter((policy) => isFor(policy, resource, estate)).map(nameOf);
      return policies.length < 2 ? undefined : refusal(policies.join(' and '));
    },
  });
}
