import type { Failure } from './failure';
import type { Finding } from './finding';
import type { Rule } from '../rules/rule';

/** Something beside the findings that a person should know: it changes no exit code. */
export interface Note {
  readonly kind: 'expired' | 'unused' | 'baseline';
  readonly text: string;
  /** The acknowledgement that it is about. */
  readonly acknowledgement?: { readonly rule: string; readonly place: string; readonly reason: string; readonly expires?: string };
  /** The entry of the baseline that it is about. */
  readonly entry?: BaselineEntry;
}

/** A finding as a baseline knows it. */
export interface BaselineEntry {
  readonly fingerprint: string;
  readonly rule?: string;
  readonly file?: string;
  readonly logicalId?: string;
}

/** A resource with which a rule found nothing wrong. */
export type Passed = Pick<Finding, 'file' | 'line' | 'logicalId' | 'type' | 'path'> & { readonly rule: Rule };

/** What a run comes to: the input of every format. */
export interface Report {
  /** Those that are not accepted, the worst first within a file. */
  readonly findings: readonly Finding[];
  /** Those that somebody accepted, with the reason. */
  readonly acknowledged: readonly Finding[];
  /** Those that the baseline has. */
  readonly known: readonly Finding[];
  /** Where rules were content; only if somebody asked. */
  readonly passed?: readonly Passed[];
  /** What could not be checked, or was asked for and does not exist. */
  readonly failures: readonly Failure[];
  readonly notes: readonly Note[];
  readonly templates: readonly string[];
  /** How many resources and rules were judged. */
  readonly resources: number;
  readonly rules: number;
  readonly version: string;
  /** The lines around a finding, where they can be shown. */
  readonly linesOf: (finding: Finding) => CodeLines | undefined;
}

/** A piece of a file: what stands where, and where to point. */
export interface CodeLines {
  readonly file: string;
  readonly first: number;
  readonly last: number;
  /** The lines from `first` on. */
  readonly text: readonly string[];
  /** The line and the columns, both from 1, at which the matter stands. */
  readonly pointer: { readonly line: number; readonly column: number; readonly length: number };
}

/** How somebody wants to see it. */
export interface View {
  readonly colour: boolean;
  /** The whole request that a policy allows. */
  readonly verbose: boolean;
  /** Only what fails the run, a line each; nothing where nothing does. */
  readonly quiet: boolean;
  readonly excerpts: boolean;
  readonly show: ReadonlySet<Shown>;
  readonly fails: (finding: Finding) => boolean;
}

/** What is counted, and listed on request. */
export const SHOWN = ['passed', 'acknowledged', 'baseline'] as const;
export type Shown = typeof SHOWN[number];
