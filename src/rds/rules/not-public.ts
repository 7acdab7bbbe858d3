import { DATA_ACCESS, Rule } from '../../rules/rule';
import { isPrivate } from '../database-checks';

export const rule: Rule = {
  id: 'Encryption-RdsNotPublic',
  severity: 'error',
  guards: 'access',
  resourceTypes: ['AWS::RDS::DBCluster', 'AWS::RDS::DBInstance'],
  info: 'A database must not have a public address.',
  why: 'Anybody on the internet can then try passwords and flaws of the engine; encryption at rest does not help.',
  fix: 'Set PubliclyAccessible to false.',
  see: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html#USER_VPC.Hiding',
  controls: { fsbp: ['RDS.2'], controlTower: ['CT.RDS.PR.23', 'CT.RDS.PR.29'], ...DATA_ACCESS, cis: ['2.2.3'] },
  examples: {
    wrong: {
      'public': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {PubliclyAccessible: true}`,
      'a public cluster': `
        Resources:
          DbCluster:
            Type: AWS::RDS::DBCluster
            Properties: {PubliclyAccessible: 'true'}`,
      'an instance that leaves it out': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {Engine: postgres}`,
      'an instance that leaves it out, in the subnet group that is called default': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {Engine: postgres, DBSubnetGroupName: default}`,
      'a Multi-AZ cluster that leaves it out': `
        Resources:
          DbCluster:
            Type: AWS::RDS::DBCluster
            Properties: {Engine: postgres, DBClusterInstanceClass: db.m6gd.large}`,
    },
    right: {
      'private': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {PubliclyAccessible: false}`,
      'private as text': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {PubliclyAccessible: 'false'}`,
      'an Aurora instance that leaves it out': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {Engine: aurora-mysql, DBClusterIdentifier: orders}`,
      'an instance that leaves it out, in a subnet group of its own': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {Engine: postgres, DBSubnetGroupName: !Ref Subnets}
          Subnets:
            Type: AWS::RDS::DBSubnetGroup
            Properties: {DBSubnetGroupDescription: private, SubnetIds: [subnet-1, subnet-2]}`,
      'a Multi-AZ cluster that leaves it out, in a subnet group of its own': `
        Resources:
          DbCluster:
            Type: AWS::RDS::DBCluster
            Properties: {Engine: postgres, DBClusterInstanceClass: db.m6gd.large, DBSubnetGroupName: orders}`,
    },
    undetermined: {
      'an instance that leaves it out, in a subnet group that a parameter names': `
        Parameters: {Group: {Type: String}}
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {Engine: postgres, DBSubnetGroupName: !Ref Group}`,
      'an instance that leaves it out, of an engine that a parameter names': `
        Parameters: {Engine: {Type: String}}
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {Engine: !Ref Engine}`,
    },
    notApplicable: {
      'an Aurora cluster: its instances say it': `
        Resources:
          DbCluster:
            Type: AWS::RDS::DBCluster
            Properties: {Engine: aurora-mysql}`,
    },
  },
  check: isPrivate,
};
