import { hash } from 'node:crypto';
import type { Witness } from '../policy/witness';
import type { Rule, Severity } from '../rules/rule';

/** One thing that a rule says of a resource. */
export interface Finding {
  readonly rule: Rule;
  /** `undetermined`: the template does not show it. */
  readonly level: Severity | 'undetermined';
  readonly detail: string;
  /** A request that shows it, where a policy is wrong. */
  readonly witness?: Witness;
  readonly file: string;
  /** The lines of the resource in the template. */
  readonly line?: number;
  readonly endLine?: number;
  /** Where the code stands that made it, as far as the cloud assembly knows. */
  readonly source?: Position;
  readonly logicalId: string;
  readonly type: string;
  /** The construct's path. */
  readonly path?: string;
  /** The same in every run, so that one is recognized; a line that moves does not change it. */
  readonly fingerprint: string;
  /** Why it is accepted, where it is. */
  readonly acknowledged?: string;
  /** Where it is accepted: beside the resource, or in the configuration. */
  readonly acknowledgedIn?: 'template' | 'configuration';
  /** Who accepted it, where that is written. */
  readonly author?: string;
  /** The last day on which it is accepted, or was. */
  readonly expires?: string;
}

/** A place in a file: below the working directory where it can be, line and column from 1. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column?: number;
}

export function fingerprintOf(rule: string, file: string, logicalId: string): string {
  return hash('sha256', `${rule}\0${file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1)}\0${logicalId}`, 'hex').slice(0, 32);
}

/** From bad to what is only not known. */
export const LEVELS = ['error', 'warning', 'info', 'undetermined'] as const;

/** Whether a finding is at least as bad as a level. */
export function isAtLeast(level: Finding['level'], least: Finding['level']): boolean {
  return LEVELS.indexOf(level) <= LEVELS.indexOf(least);
}
