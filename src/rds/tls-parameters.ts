/** The parameter by which a database engine refuses connections without TLS. */
export interface TlsParameter {
  readonly name: string;
  /** The value that this library sets. */
  readonly on: string;
  /** Where the parameter lives: cluster parameter group or instance parameter group. */
  readonly group: 'cluster' | 'instance';
}

/** Every spelling of true that RDS takes for such a parameter. */
const ON_VALUES = new Set(['1', 'on', 'true']);

/**
 * By the prefix of the parameter group's family, the longest first.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html#PostgreSQL.Concepts.General.SSL.Requiring
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/mysql-ssl-connections.html#mysql-ssl-connections.require-ssl
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MariaDB.Concepts.SSLSupport.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/SQLServer.Concepts.General.SSL.Using.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Security.html#AuroraMySQL.Security.SSL
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Security.html#AuroraPostgreSQL.Security.SSL
 */
const BY_FAMILY: ReadonlyArray<readonly [string, TlsParameter]> = [
  ['aurora-postgresql', { name: 'rds.force_ssl', on: '1', group: 'cluster' }],
  ['aurora-mysql', { name: 'require_secure_transport', on: 'ON', group: 'cluster' }],
  ['sqlserver', { name: 'rds.force_ssl', on: '1', group: 'instance' }],
  ['postgres', { name: 'rds.force_ssl', on: '1', group: 'instance' }],
  ['mysql', { name: 'require_secure_transport', on: '1', group: 'instance' }],
  ['mariadb', { name: 'require_secure_transport', on: '1', group: 'instance' }],
];

/**
 * Families whose engine cannot be made to refuse plain connections.
 *
 * @see https://docs.aws.amazon.com/controltower/latest/controlreference/rds-rules.html
 */
const WITHOUT = ['mysql5.5', 'mysql5.6', 'mariadb10.0', 'mariadb10.1', 'mariadb10.2', 'mariadb10.3', 'mariadb10.4', 'aurora5.6'];

/** The parameter for a family, such as `aurora-postgresql16`; `undefined` where the engine has none. */
export function tlsParameterOf(family: string): TlsParameter | undefined {
  if (WITHOUT.includes(family)) { return undefined; }
  return BY_FAMILY.find(([prefix]) => family.startsWith(prefix))?.[1];
}

/** Whether a value of the parameter means that TLS is required. */
export function requiresTls(value: unknown): boolean {
  return ON_VALUES.has(String(value).toLowerCase());
}

/**
 * Whether an engine of this family requires TLS unless its parameter group says otherwise: RDS for PostgreSQL from 15, Aurora
 * PostgreSQL from 17, MySQL from 9.7, MariaDB from 11.8. Such an engine accepts no TLS older than 1.2 either.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html#PostgreSQL.Concepts.General.SSL.Requiring
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Security.html#AuroraPostgreSQL.Security.SSL
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/mysql-ssl-connections.require-ssl.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/mariadb-ssl-connections.require-ssl.html
 */
export function requiresTlsByDefault(family: string): boolean {
  const [, engine, major, minor = '0'] = /^(postgres|aurora-postgresql|mysql|mariadb)(\d+)(?:\.(\d+))?/.exec(family) ?? [];
  const since = engine === undefined ? undefined : REQUIRED_SINCE[engine];
  return since !== undefined && (Number(major) > since[0] || (Number(major) === since[0] && Number(minor) >= since[1]));
}

const REQUIRED_SINCE: Readonly<Record<string, readonly [number, number]>> = {
  'postgres': [15, 0], 'aurora-postgresql': [17, 0], 'mysql': [9, 7], 'mariadb': [11, 8],
};
