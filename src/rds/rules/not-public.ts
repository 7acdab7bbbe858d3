import { DATA_ACCESS, Rule } from '../../rules/rule';
import { isPrivate } from '../database-checks';

export const rule: Rule = {
  id: 'Encryption-RdsNotPublic',
  severity: 'error',
  guards: 'access',
  resourceTypes: ['AWS::RDS::DBCluster', 'AWS::RDS::DBInstance'],
  info: 'A database must not have a public address.',
  why: 'Whoever finds the password, or a hole in the engine, is then inside of the encryption.',
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
    },
  },
  check: isPrivate,
};
