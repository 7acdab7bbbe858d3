module.exports = {
  kind: 'oracle-parameter-group',
  about: 'Oracle requires encryption in transit by an option (NNE), not by a parameter: its parameter group must not stop an app that applies the mixins to a tree.',
  source: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.Oracle.Options.NetworkEncryption.html',
  mustWork: ['strict', 'report', 'mixins'], modes: ['strict', 'report', 'mixins'],
  build({ cdk: { aws_rds: rds }, stack }) {
    new rds.CfnDBParameterGroup(stack, 'Group', { family: 'oracle-ee-19', description: 'x', parameters: { open_cursors: '500' } });
  },
  judge: (t) => (Object.keys(t.world.all('AWS::RDS::DBParameterGroup')[0].props.Parameters).join() === 'open_cursors' ? 'ok' : 'silent loss: the group has parameters that Oracle does not know'),
};
