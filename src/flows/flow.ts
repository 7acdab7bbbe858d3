import type { Estate } from './estate';
import type { Kind } from './kind';
import type { Read } from '../template/read';
import type { TemplateResource } from '../template/template';

export type { Kind } from './kind';

export type Direction = 'write' | 'read';

/** An AWS service with a principal of its own, and for whom it acts. */
export interface ServiceParty {
  readonly kind: 'service';
  readonly service: string;
  /** The account whose resource the service acts for; the account of the target where it is left out. */
  readonly account?: string;
  /** The ARN of that resource, where it is known as text. */
  readonly arn?: string;
  /** The organization, where any account of it may be the source. */
  readonly organization?: string;
}

/** A role, user or group, by the identity policy that names the target. */
export interface IdentityParty {
  readonly kind: 'identity';
  /** Where the policy stands: `AWS::IAM::Policy`, a role with inline policies, and so on. */
  readonly policy: TemplateResource;
  /** The roles, users and groups that have the policy, as far as they are in the templates. */
  readonly holders: readonly TemplateResource[];
  /** The policy refers to the target, and does not only know its name: its stack depends on the target's. */
  readonly byReference?: boolean;
  /** The policy names everything (`Resource: "*"`): nobody can tell for which keys it is meant. */
  readonly wide?: boolean;
}

/** A principal that a resource policy names: an account, or a role of one. */
export interface PrincipalParty {
  readonly kind: 'principal';
  readonly arn: string;
  /** The account in it. */
  readonly account: string;
  readonly conditions: Conditions;
  /** What limits everybody (`*`) there, and cannot be repeated for the key, as a message says it: then it is for the policies of the callers. */
  readonly limitedBy?: string;
}

/** Somebody who cannot use a customer-managed key at all. */
export interface OutsideParty {
  readonly kind: 'outside';
  readonly name: string;
  /** Why it cannot. */
  readonly reason: string;
}

export type Party = ServiceParty | IdentityParty | PrincipalParty | OutsideParty;

export type Conditions = Record<string, Record<string, string | string[]>>;

/** The encryption that a writer names in each upload, whatever the bucket says. */
export interface Upload {
  /** `AES256`, and no key. */
  readonly plain?: boolean;
  /** A key that the template names. */
  readonly key?: Read;
  /** A key whose ARN is not known, as the one that AWS manages for S3. */
  readonly otherKey?: boolean;
}

/** Somebody writes to, or reads from, something that is encrypted. */
export interface Flow {
  readonly declaration: FlowDeclaration;
  /** The resource that sets it up. */
  readonly by: TemplateResource;
  readonly target: TemplateResource;
  readonly kind: Kind;
  readonly direction: Direction;
  readonly party: Party;
  readonly upload?: Upload;
  /** It writes replicas, which S3 encrypts by another call. */
  readonly replicates?: boolean;
}

export type Found = Omit<Flow, 'declaration'>;

/** A flow, as AWS documents it: a row of the table in docs/flows.md, and how it is found in templates. */
export interface FlowDeclaration {
  /** Stable: part of messages and of the rule ids that are about it. */
  readonly id: string;
  readonly service: string;
  /** Who writes or reads what. */
  readonly what: string;
  readonly kind: Kind;
  readonly direction: Direction;
  /** The resource types and properties by which it is found. */
  readonly foundBy: string;
  /** The resource types that are read to find it, beside buckets, queues, topics and policies. */
  readonly types: readonly string[];
  /** The service by whose roles it is found, where only a call sets it up. */
  readonly trusted?: string;
  readonly principal: string;
  /** Which encryption the writer names. */
  readonly sends: string;
  /** What it needs of the key. */
  readonly needs: string;
  /** Completed at synth, left out, or only warned about. */
  readonly becomes: 'completed' | 'left' | 'warned';
  readonly see: string;
  readonly find: (estate: Estate) => Found[];
}

/** `S/Trail`: how a resource reads in a message. */
export function nameOf(resource: TemplateResource): string {
  return resource.path?.replace(/\/Resource$/, '') ?? resource.logicalId;
}
