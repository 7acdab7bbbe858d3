import { AT_REST, Rule } from '../../rules/rule';
import { encryptsGlobalCluster } from '../storage-checks';

export const rule: Rule = {
  id: 'Encryption-RdsGlobalClusterEncrypted',
  severity: 'error',
  guards: 'at rest',
  resourceTypes: ['AWS::RDS::GlobalCluster'],
  info: 'A global cluster must encrypt its storage.',
  why: 'Every cluster of the global database is encrypted, or not, as it says.',
  fix: 'Set StorageEncrypted to true, or name an encrypted SourceDBClusterIdentifier.',
  see: 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database.html',
  controls: AT_REST,
  examples: {
    wrong: {
      'nothing said': `
        Resources:
          GlobalCluster:
            Type: AWS::RDS::GlobalCluster
            Properties: {Engine: aurora-mysql}`,
      'turned off': `
        Resources:
          GlobalCluster:
            Type: AWS::RDS::GlobalCluster
            Properties: {Engine: aurora-mysql, StorageEncrypted: false}`,
      'made of a cluster that is AWS::NoValue': `
        Resources:
          GlobalCluster:
            Type: AWS::RDS::GlobalCluster
            Properties: {Engine: aurora-mysql, SourceDBClusterIdentifier: !Ref AWS::NoValue}`,
    },
    right: {
      'encrypted': `
        Resources:
          GlobalCluster:
            Type: AWS::RDS::GlobalCluster
            Properties: {Engine: aurora-mysql, StorageEncrypted: true}`,
      'encrypted as text': `
        Resources:
          GlobalCluster:
            Type: AWS::RDS::GlobalCluster
            Properties: {Engine: aurora-postgresql, StorageEncrypted: 'true'}`,
    },
    notApplicable: {
      'made of a cluster': `
        Resources:
          GlobalCluster:
            Type: AWS::RDS::GlobalCluster
            Properties: {SourceDBClusterIdentifier: c}`,
    },
  },
  check: encryptsGlobalCluster,
};
