/**
 * The certificate authority that signs a database's certificate: the current one that RDS itself defaults to.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html#UsingWithRDS.SSL.RegionCertificateAuthorities
 */
export const CA_CERTIFICATE = 'rds-ca-rsa2048-g1';

/** How long automated backups are kept: what AWS FSBP RDS.11 asks for at least. */
export const BACKUP_RETENTION_DAYS = 7;

/**
 * How often enhanced monitoring writes metrics of the operating system, unless the caller says otherwise; 0 for never.
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-6
 */
export const MONITORING_INTERVAL_SECONDS = 60;

/**
 * How long backups in another Region are kept: the longest for which RDS keeps them.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReplicateBackups.html
 */
export const BACKUP_COPY_RETENTION_DAYS = 35;

/**
 * Certificate authorities whose certificates are no longer valid, or end in August 2024.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL-certificate-rotation.html
 */
export const CA_CERTIFICATES_EXPIRED = ['rds-ca-2015', 'rds-ca-2019'];
