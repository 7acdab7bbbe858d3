/**
 * The certificate authority that signs a database's certificate: the current one that RDS itself defaults to.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html#UsingWithRDS.SSL.RegionCertificateAuthorities
 */
export const CA_CERTIFICATE = 'rds-ca-rsa2048-g1';

/** How long automated backups are kept: what AWS FSBP RDS.11 asks for at least. */
export const BACKUP_RETENTION_DAYS = 7;
