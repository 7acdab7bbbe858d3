import type { Access, Capability } from './access';
import type { Status } from '../checks/inventory';
import type { Rule, Severity } from '../rules/rule';

/**
 * How the data of a resource is encrypted at rest. `yes`: as the rules ask; `AWS-managed` and `AWS-owned`: encrypted, and under a key of AWS where a
 * rule asks for one of yours, or where nobody asks.
 */
export type AtRest = Status | 'AWS-managed' | 'AWS-owned';

/** What a report is made of: the same for people, spreadsheets and programs. */
export interface ReportDocument {
  /** Grows when something is removed or changes its meaning. */
  readonly schemaVersion: 1;
  readonly tool: 'cdk-encryption';
  readonly version: string;
  /** Changes whenever a rule does. */
  readonly rulesVersion: string;
  readonly rules: number;
  /** The rules that concern a resource. */
  readonly rulesApplied: readonly ReportedRule[];
  /** As 2026-11-25T12:00:00.000Z. */
  readonly time: string;
  /** The commit of the working folder, where it has one. */
  readonly commit?: string;
  readonly templates: readonly ReportedTemplate[];
  readonly summary: Summary;
  readonly resources: readonly ReportedResource[];
  readonly certificates: readonly ReportedCertificate[];
  readonly flows: readonly ReportedFlow[];
  /** What was not looked at, and why. */
  readonly notRead: readonly NotRead[];
  /** Exceptions that have ended, or accept nothing. */
  readonly notes: readonly string[];
  /** What no template shows. */
  readonly notSeen: readonly string[];
}

export interface ReportedRule extends Pick<Rule, 'id' | 'severity' | 'guards' | 'info' | 'why' | 'see' | 'controls'> {}

export interface ReportedTemplate {
  readonly file: string;
  readonly stack?: string;
  readonly account?: string;
  readonly region?: string;
}

/** How many resources stand how. */
export interface Summary {
  readonly resources: number;
  readonly keys: number;
  readonly atRest: Readonly<Record<AtRest, number>>;
  readonly inTransit: Readonly<Record<Status, number>>;
  /** How many of those that are encrypted at rest are under a key of the customer's, and under one that AWS manages or owns. */
  readonly underCustomerKey: number;
  readonly underAwsKey: number;
  readonly failed: number;
  readonly undetermined: number;
  readonly exceptions: number;
  readonly notRead: number;
}

export interface ReportedResource {
  /** The construct's path, or the logical id where nobody knows that. */
  readonly resource: string;
  readonly logicalId: string;
  readonly type: string;
  readonly kind: string;
  readonly stack?: string;
  readonly account?: string;
  readonly region?: string;
  readonly file: string;
  readonly line?: number;
  /** The file and line of the code that made it, where the assembly knows them. */
  readonly source?: string;
  /** The key's name, of several with commas; `-` where there is none. */
  readonly key: string;
  /** The names of all keys. */
  readonly keys: readonly string[];
  /** Whose key it is: the customer's own, one that AWS manages or owns, none that is named, or nobody can tell. */
  readonly keyOwner: 'customer' | 'AWS' | 'none' | 'unknown';
  readonly atRest: AtRest;
  readonly inTransit: Status;
  readonly tls?: Tls;
  /** Of keys. */
  readonly keyDetails?: KeyDetails;
  readonly evidence: readonly Evidence[];
  readonly findings: readonly ReportedFinding[];
  readonly exceptions: readonly ReportedException[];
  /** Ids of rules. */
  readonly passed: readonly string[];
  readonly failed: readonly string[];
  readonly undetermined: readonly string[];
  /** As `fsbp:S3.17`: one that a rule fails is in `failed` alone. */
  readonly controls: { readonly passed: readonly string[]; readonly failed: readonly string[]; readonly undetermined: readonly string[] };
  readonly access: ReadonlyArray<Pick<Access, 'can' | 'who' | 'kind' | 'by' | 'certainty' | 'through' | 'note'> & { readonly conditions?: readonly string[] }>;
}

export interface Tls {
  readonly policy: string;
  /** As `TLS 1.2`; `unknown` for a policy whose name does not say it. */
  readonly minimumVersion: string;
  /** Whether it offers hybrid post-quantum key exchange. */
  readonly postQuantum: Status;
}

export interface KeyDetails {
  readonly spec: string;
  readonly usage: string;
  readonly rotation: Status;
  readonly rotationPeriodInDays?: number;
  readonly multiRegion: Status;
  /** What its policy comes to: who can do what, by name. */
  readonly policy: Readonly<Partial<Record<Capability, readonly string[]>>>;
}

/** Where it stands that something is so. */
export interface Evidence {
  readonly about: 'at rest' | 'in transit';
  readonly property: string;
  readonly value: string;
  /** The line of the property in the template; of one that is left out, of what it would stand in. */
  readonly line?: number;
}

export interface ReportedFinding {
  readonly rule: string;
  readonly level: Severity | 'undetermined';
  readonly detail: string;
}

export interface ReportedException {
  readonly rule: string;
  readonly reason: string;
  readonly acceptedIn: 'template' | 'configuration';
  readonly author?: string;
  /** The last day, as 2027-03-31. */
  readonly expires?: string;
}

export interface ReportedCertificate {
  readonly resource: string;
  readonly domain: string;
  /** As ACM writes it: `RSA_2048`. */
  readonly keyAlgorithm: string;
}

/** Somebody writes or reads. */
export interface ReportedFlow {
  readonly from: string;
  readonly to: string;
  readonly direction: 'write' | 'read';
  readonly kind: string;
  /** Whether the way is encrypted: as the resource demands it. */
  readonly inTransit: Status;
}

export interface NotRead {
  readonly where: string;
  readonly reason: string;
}
