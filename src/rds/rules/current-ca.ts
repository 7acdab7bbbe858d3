import { IN_TRANSIT, Rule } from '../../rules/rule';
import { usesCurrentCa } from '../database-checks';

export const rule: Rule = {
  id: 'Encryption-RdsCurrentCa',
  severity: 'warning',
  guards: 'in transit',
  resourceTypes: ['AWS::RDS::DBCluster', 'AWS::RDS::DBInstance'],
  info: 'A database must have its certificate from a certificate authority that is still valid.',
  why: 'Clients that verify certificates, as they should, cannot connect otherwise.',
  fix: 'Leave CACertificateIdentifier out, or name rds-ca-rsa2048-g1 or newer.',
  see: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL-certificate-rotation.html',
  controls: IN_TRANSIT,
  examples: {
    wrong: {
      'of 2019': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {CACertificateIdentifier: rds-ca-2019}`,
      'of 2015': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {CACertificateIdentifier: rds-ca-2015}`,
    },
    right: {
      'of RSA': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {CACertificateIdentifier: rds-ca-rsa2048-g1}`,
      'of elliptic curves': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {CACertificateIdentifier: rds-ca-ecc384-g1}`,
    },
  },
  check: usesCurrentCa,
};
