import type { Access } from '../report/access';
import type { Template, TemplateResource } from '../template/template';

/**
 * What there is to worry about, the worst first. `lost`: data or access is gone. `left-behind`: the data stays, in an old resource or a snapshot, and the new
 * resource is empty. `refused`: the deployment fails. `weakened`: data is protected less. `undetermined`: the templates do not tell.
 */
export const CONCERNS = ['lost', 'left-behind', 'refused', 'weakened', 'undetermined'] as const;
export type Concern = typeof CONCERNS[number];

/** The concern from which on a run fails, with all that are worse. */
export type FailOn = Concern | 'never';

/** Whether a concern is at least as bad as the one from which on a run fails. */
export function fails(concern: Concern | undefined, least: FailOn): concern is Concern {
  return concern !== undefined && least !== 'never' && CONCERNS.indexOf(concern) <= CONCERNS.indexOf(least);
}

/** What CloudFormation does to a resource. */
export type Effect = 'in place' | 'replaced' | 'may be replaced' | 'refused' | 'removed';

/** A property that changes, or what a rule says of a resource. */
export interface Change {
  readonly about: 'at rest' | 'in transit' | 'key';
  /** As in `SSESpecification.KMSMasterKeyId`; of what a rule says, its id. */
  readonly property: string;
  /** A value, or the verdict of a rule: passes, fails, undetermined, does not apply. */
  readonly from: string;
  readonly to: string;
  /** Whether data is protected more or less, where a rule can tell. */
  readonly protection?: 'more' | 'less' | 'unknown';
  /** What else there is to say. */
  readonly note?: string;
}

/** What changes of a resource, and what that means for its data. */
export interface ResourceChange {
  readonly resource: string;
  readonly logicalId: string;
  readonly type: string;
  readonly stack?: string;
  /** The template of the new side; of the old one, where the resource is gone. */
  readonly file: string;
  readonly line?: number;
  readonly effect: Effect;
  readonly concern?: Concern;
  readonly changes: readonly Change[];
  /** What it means for data, in a sentence or two. */
  readonly data: string;
  /** AWS's page. */
  readonly see?: string;
}

/** Somebody whose access to a key changes. */
export interface AccessChange extends Omit<Access, 'of'> {
  readonly concern?: Concern;
  /** In another account than the key, or anybody. */
  readonly outside?: true;
  /** What was so before, where only the conditions change. */
  readonly before?: string;
}

/** Who comes to a key, or to what is under one, and who no longer does. */
export interface KeyChange {
  /** The key, or what is under it. */
  readonly of: string;
  readonly type: string;
  readonly stack?: string;
  /** Of a key that is new. */
  readonly is?: 'added';
  readonly gains: readonly AccessChange[];
  readonly loses: readonly AccessChange[];
  /** Who keeps it, in requests of another kind. */
  readonly changes: readonly AccessChange[];
}

/** Somebody who wrote or read, and cannot any more, because of the key. */
export interface BrokenFlow {
  readonly resource: string;
  readonly rule: string;
  readonly detail: string;
  readonly file: string;
  readonly line?: number;
  readonly concern: Concern;
}

export interface NotCompared {
  readonly where: string;
  readonly reason: string;
}

/** Everything that a comparison says. */
export interface DiffDocument {
  readonly resources: readonly ResourceChange[];
  readonly keys: readonly KeyChange[];
  readonly flows: readonly BrokenFlow[];
  /** What could not be read. */
  readonly notCompared: readonly NotCompared[];
  /** Stacks of one side, where the other is a single template of another stack. */
  readonly leftOut: readonly string[];
}

/** One template of a side, with what a person calls its resources. */
export interface DiffInput {
  readonly template: Template;
  /** The same on both sides for what is one stack. */
  readonly id: string;
  readonly stack?: string;
  readonly file: string;
  /** As it stands in the file. */
  readonly written: Readonly<Record<string, unknown>>;
  readonly nameOf: (resource: TemplateResource) => string;
  readonly lineOf: (resource: TemplateResource) => number | undefined;
}

/** A side of a comparison: templates by the groups in which they see each other. */
export type DiffInputs = ReadonlyArray<readonly DiffInput[]>;

/** Every concern of a comparison. */
export function concernsOf({ resources, keys, flows, notCompared }: DiffDocument): Concern[] {
  const ofKeys = keys.flatMap(({ gains, loses, changes }) => [...gains, ...loses, ...changes]);
  return [...resources, ...ofKeys, ...flows].flatMap(({ concern }) => concern ?? []).concat(notCompared.length > 0 ? ['undetermined'] : []);
}
