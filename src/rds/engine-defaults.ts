import type { IEngine } from 'aws-cdk-lib/aws-rds';

/**
 * The master user, unless the caller names one: not the name that an attacker tries first.
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-25
 */
export const MASTER_USERNAME = 'dbadmin';

/** What differs from engine to engine, by the beginning of the engine's type; the longest first. */
const ENGINES: ReadonlyArray<readonly [string, EngineDefaults]> = [
  ['aurora-postgresql', { port: 15432, logs: ['postgresql'] }],
  ['aurora-mysql', { port: 13306, logs: ['audit', 'error', 'general', 'slowquery'] }],
  ['sqlserver-ex', { port: 11433, logs: ['error'] }],
  ['sqlserver-web', { port: 11433, logs: ['error'] }],
  ['sqlserver', { port: 11433, logs: ['agent', 'error'] }],
  ['oracle', { port: 11521, logs: ['alert', 'audit', 'listener', 'oemagent', 'trace'] }],
  ['postgres', { port: 15432, logs: ['postgresql', 'upgrade'] }],
  ['mysql', { port: 13306, logs: ['audit', 'error', 'general', 'slowquery'] }],
  ['mariadb', { port: 13306, logs: ['audit', 'error', 'general', 'slowquery'] }],
];

export interface EngineDefaults {
  /**
   * Not the engine's own port.
   * @see https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-23
   */
  readonly port: number;
  /**
   * Every log that the engine can export.
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.Procedural.UploadtoCloudWatch.html
   */
  readonly logs: readonly string[];
}

/** The defaults for an engine that can require encrypted connections. */
export function engineDefaults(engineType: string): EngineDefaults {
  return ENGINES.find(([prefix]) => engineType.startsWith(prefix))![1];
}

/**
 * Whether an engine has IAM database authentication.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.RDS_Fea_Regions_DB-eng.Feature.IamDatabaseAuthentication.html
 */
export function hasIamAuthentication({ engineType }: IEngine): boolean {
  return !/^(sqlserver|oracle|db2|custom)/.test(engineType);
}
