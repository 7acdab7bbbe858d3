import type { IEngine } from 'aws-cdk-lib/aws-rds';
import { EncryptionError } from '../private/errors';

/**
 * The master user, unless the caller names one: not the name that an attacker tries first.
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-25
 */
export const MASTER_USERNAME = 'dbadmin';

/** Exported where the engine has IAM authentication: who failed to log in by it, and why. */
const IAM_LOG = 'iam-db-auth-error';

/** What differs from engine to engine, by the beginning of the engine's type; the longest first. */
const ENGINES: ReadonlyArray<readonly [string, EngineDefaults]> = [
  ['aurora-postgresql', { port: 15432, proxyPort: 5432, logs: ['postgresql', IAM_LOG, 'instance'] }],
  ['aurora-mysql', { port: 13306, proxyPort: 3306, logs: ['audit', 'error', 'general', 'slowquery', IAM_LOG, 'instance'] }],
  ['sqlserver-ex', { port: 11433, proxyPort: 1433, logs: ['error'] }],
  ['sqlserver-web', { port: 11433, proxyPort: 1433, logs: ['error'] }],
  ['sqlserver', { port: 11433, proxyPort: 1433, logs: ['agent', 'error'] }],
  ['oracle', { port: 11521, logs: ['alert', 'audit', 'listener', 'oemagent', 'trace'] }],
  ['postgres', { port: 15432, proxyPort: 5432, logs: ['postgresql', 'upgrade', IAM_LOG] }],
  ['mysql', { port: 13306, proxyPort: 3306, logs: ['audit', 'error', 'general', 'slowquery', IAM_LOG] }],
  ['mariadb', { port: 13306, proxyPort: 3306, logs: ['audit', 'error', 'general', 'slowquery', IAM_LOG] }],
];

export interface EngineDefaults {
  /**
   * Not the engine's own port.
   * @see https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-23
   */
  readonly port: number;
  /** The port on which RDS Proxy listens: the engine's own, whatever the database's is. RDS Proxy has none for Oracle. */
  readonly proxyPort?: number;
  /**
   * Every log that the engine can export.
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html `EnableCloudwatchLogsExports`
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html `EnableCloudwatchLogsExports`
   */
  readonly logs: readonly string[];
}

/** The defaults for an engine that can require encrypted connections. */
export function engineDefaults(engine: IEngine): EngineDefaults {
  const defaults = ENGINES.find(([prefix]) => engine.engineType.replace(/^custom-/, '').startsWith(prefix))![1];
  return hasIamAuthentication(engine) ? defaults : { ...defaults, logs: defaults.logs.filter((log) => log !== IAM_LOG) };
}

/**
 * Whether an engine has IAM database authentication: MariaDB from 10.11, no SQL Server, Oracle or Db2.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.RDS_Fea_Regions_DB-eng.Feature.IamDatabaseAuthentication.html
 */
export function hasIamAuthentication({ engineType, engineVersion }: IEngine): boolean {
  if (engineType === 'mariadb') {
    const [major = 0, minor = 0] = (engineVersion?.majorVersion ?? '').split('.').map(Number);
    return major > 10 || (major === 10 && minor >= 11);
  }
  return !/^(sqlserver|oracle|db2|custom)/.test(engineType);
}

/** Throws where IAM authentication is asked of an engine that does not have it: RDS would refuse the database. */
export function refuseIamAuthentication(path: string, engine: IEngine, asked: boolean | undefined): void {
  if (!asked || hasIamAuthentication(engine)) { return; }
  throw new EncryptionError(path, 'EngineHasNoIamAuthentication',
    `'iamAuthentication' cannot be true: ${engine.engineType} ${engine.engineVersion?.fullVersion ?? ''} does not have it. Leave the prop out, `
    + 'or choose PostgreSQL, MySQL, or MariaDB 10.11 or newer.');
}
