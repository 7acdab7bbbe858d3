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
      'an Aurora instance that leaves it out, in subnets without a route to an internet gateway': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {Engine: aurora-mysql, DBClusterIdentifier: !Ref Cluster}
          Cluster:
            Type: AWS::RDS::DBCluster
            Properties: {Engine: aurora-mysql, DBSubnetGroupName: !Ref Subnets}
          Subnets:
            Type: AWS::RDS::DBSubnetGroup
            Properties: {DBSubnetGroupDescription: private, SubnetIds: [!Ref Subnet]}
          Subnet:
            Type: AWS::EC2::Subnet
          Table:
            Type: AWS::EC2::RouteTable
          Association:
            Type: AWS::EC2::SubnetRouteTableAssociation
            Properties: {SubnetId: !Ref Subnet, RouteTableId: !Ref Table}
          Route:
            Type: AWS::EC2::Route
            Properties: {RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, NatGatewayId: nat-1}`,
    },
    undetermined: {
      'an Aurora instance that leaves it out, in subnets from elsewhere': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {Engine: aurora-mysql, DBClusterIdentifier: orders}`,
      'an Aurora instance that leaves it out, in public subnets': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {Engine: aurora-mysql, DBClusterIdentifier: orders, DBSubnetGroupName: !Ref Subnets}
          Subnets:
            Type: AWS::RDS::DBSubnetGroup
            Properties: {DBSubnetGroupDescription: public, SubnetIds: [!Ref Subnet]}
          Subnet:
            Type: AWS::EC2::Subnet
          Association:
            Type: AWS::EC2::SubnetRouteTableAssociation
            Properties: {SubnetId: !Ref Subnet, RouteTableId: !Ref Table}
          Table:
            Type: AWS::EC2::RouteTable
          Route:
            Type: AWS::EC2::Route
            Properties: {RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, GatewayId: igw-1}`,
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
