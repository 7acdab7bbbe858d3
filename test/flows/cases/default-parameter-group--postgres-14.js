module.exports = {
  kind: 'default-parameter-group',
  about: 'The default group of PostgreSQL 14 does not require TLS and cannot be changed: where a database has no group of its own, somebody must be told.',
  source: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html',
  plain: false, modes: ['mixins'],
  build({ cdk: { aws_rds: rds }, stack }) {
    new rds.CfnDBInstance(stack, 'Db', { engine: 'postgres', engineVersion: '14.2', dbInstanceClass: 'db.t3.micro', allocatedStorage: '20', storageEncrypted: true, masterUsername: 'a', manageMasterUserPassword: true });
  },
  judge: (t) => t.verdict(t.world.all('AWS::RDS::DBInstance')[0].props.DBParameterGroupName ? undefined : 'S/Db does not require TLS', /S\/Db.*TLS/),
};
