/**
 * Which parameters decide the oldest TLS version, or the weakest cipher, that a database engine accepts: names, values, and
 * which of them this library sets. Constructs and rules read this table.
 *
 * Looked up on 2026-11-25. The minimum is TLS 1.2 everywhere.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html "supports TLS versions 1.1, 1.2, and 1.3"
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MySQL.Concepts.SSLSupport.html 5.7 takes 1.0 and 1.1; 8.0 and 8.4 do not
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MariaDB.Concepts.SSLSupport.html 10.5.23, 10.6.16 and older take 1.0 and 1.1
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/SQLServer.Ciphers.html on by default before 16.00.4120.1, 15.00.4365.2 …
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Security.html `tls_version` is a cluster parameter
 */
export interface TlsVersionParameter {
  readonly name: string;
  /** The values that are strong enough, as RDS writes them. */
  readonly allowed: readonly string[];
  /** The value may be a comma-separated list, each item of which must be strong enough. */
  readonly list?: boolean;
  /** The value that this library sets; left out where the engine accepts nothing older unless told. */
  readonly set?: string;
  /** Where the parameter lives: cluster parameter group or instance parameter group. */
  readonly group: 'cluster' | 'instance';
}

const VERSIONS = ['TLSv1.2', 'TLSv1.3'];
const OFF = { allowed: ['disabled'], set: 'disabled', group: 'instance' } as const;

/** PostgreSQL has the parameters since version 12. */
const postgres = (group: 'cluster' | 'instance'): TlsVersionParameter[] => [
  { name: 'ssl_min_protocol_version', allowed: VERSIONS, set: 'TLSv1.2', group },
  { name: 'ssl_max_protocol_version', allowed: [...VERSIONS, ''], group },
];
/** `tls_version` lists what is accepted. */
const mysql = (group: 'cluster' | 'instance', set?: string): TlsVersionParameter[] => [{ name: 'tls_version', allowed: VERSIONS, list: true, set, group }];

/** By the family of the parameter group; the first that matches. */
const BY_FAMILY: ReadonlyArray<readonly [RegExp, TlsVersionParameter[]]> = [
  [/^aurora-postgresql(1[2-9]|[2-9]\d)/, [
    ...postgres('cluster'),
    { name: 'babelfishpg_tds.tds_ssl_min_protocol_version', allowed: VERSIONS, group: 'cluster' },
  ]],
  [/^postgres(1[2-9]|[2-9]\d)/, postgres('instance')],
  [/^aurora-mysql5\.7/, mysql('cluster', 'TLSv1.2')],
  [/^aurora-mysql/, mysql('cluster')],
  [/^mysql5\.7/, mysql('instance', 'TLSv1.2')],
  [/^(mysql|mariadb)/, mysql('instance')],
  [/^sqlserver/, [
    { name: 'rds.tls10', ...OFF },
    { name: 'rds.tls11', ...OFF },
    { name: 'rds.rc4', ...OFF },
    { name: 'rds.3des168', ...OFF },
    { name: 'rds.diffie-hellman-min-key-bit-length', allowed: ['default', '2048', '3072', '4096'], group: 'instance' },
  ]],
];

/**
 * Aurora MySQL 3 accepts TLS 1.0 and 1.1 below 3.04, and has no 1.3 there.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Security.html
 */
const AURORA_MYSQL_WITH_OLD_TLS = /mysql_aurora\.3\.0[0-3]\./;

/** The parameters of a family, such as `sqlserver-se-16.0`, for an engine version where it is known; none where there are none. */
export function tlsVersionParametersOf(family: string, engineVersion = ''): readonly TlsVersionParameter[] {
  if (AURORA_MYSQL_WITH_OLD_TLS.test(engineVersion)) { return mysql('cluster', 'TLSv1.2'); }
  return BY_FAMILY.find(([pattern]) => pattern.test(family))?.[1] ?? [];
}

/** Whether a value of a parameter leaves TLS 1.2 or newer, and no weak cipher. */
export function isStrongEnough({ allowed, list }: TlsVersionParameter, value: unknown): boolean {
  const values = list ? String(value).split(',') : [String(value)];
  return values.every((item) => allowed.some((good) => good.toLowerCase() === item.trim().toLowerCase()));
}

/**
 * The first minor version of MariaDB that refuses TLS 1.0 and 1.1, by major version. RDS documents no parameter for older ones.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MariaDB.Concepts.SSLSupport.html
 */
const MARIADB_FIRST_WITHOUT_OLD_TLS: Readonly<Record<string, number>> = { 10.4: 33, 10.5: 24, 10.6: 17 };

/** The first version that refuses TLS 1.0 and 1.1, where this one accepts them and no parameter changes it. */
export function firstVersionWithoutOldTls(engineType: string, engineVersion: string): string | undefined {
  const [, major, minor] = /^(\d+\.\d+)\.(\d+)/.exec(engineVersion) ?? [];
  const first = engineType === 'mariadb' && major ? MARIADB_FIRST_WITHOUT_OLD_TLS[major] : undefined;
  return first !== undefined && Number(minor) < first ? `${major}.${first}` : undefined;
}

/** PostgreSQL has a parameter for it since this version. */
const POSTGRES_FIRST_WITH_PARAMETER = 12;

/** The first major version that can be told to refuse TLS 1.1, where this one cannot. */
export function firstVersionThatMayRefuse(engineType: string, majorVersion?: string): number | undefined {
  const isOld = /^(aurora-)?postgres(ql)?$/.test(engineType) && majorVersion !== undefined && parseInt(majorVersion, 10) < POSTGRES_FIRST_WITH_PARAMETER;
  return isOld ? POSTGRES_FIRST_WITH_PARAMETER : undefined;
}
