import type { Failure } from './failure';
import type { Finding } from './finding';

/** What a run comes to: the input of every format. */
export interface Report {
  /** Those that are not accepted, the worst first within a file. */
  readonly findings: readonly Finding[];
  /** Those that somebody accepted, with the reason. */
  readonly acknowledged: readonly Finding[];
  readonly failures: readonly Failure[];
  readonly templates: readonly string[];
  /** How many resources and rules were judged. */
  readonly resources: number;
  readonly rules: number;
  readonly version: string;
}
