module.exports = {
  kind: 'pipes-role',
  about: 'A pipe reads and writes with its role, whose policy somebody wrote by hand: the role needs the keys of both queues.',
  source: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-permissions.html',
  mustWork: ['constructs', 'strict', 'report', 'mixins'],
  build({ cdk: { aws_pipes: pipes, aws_iam: iam }, stack, make }) {
    const [from, to] = ['From', 'To'].map((id) => new make.Queue(stack, id));
    const role = new iam.CfnRole(stack, 'Role', { assumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { Service: 'pipes.amazonaws.com' }, Action: 'sts:AssumeRole' }] }, policies: [{ policyName: 'pipe', policyDocument: { Statement: [
      { Effect: 'Allow', Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], Resource: from.queueArn }, { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: to.queueArn }] } }] });
    new pipes.CfnPipe(stack, 'Pipe', { roleArn: role.attrArn, source: from.queueArn, target: to.queueArn });
  },
  judge: async (t) => t.verdict(await t.world.receives({ queue: 'S/From', as: 'S/Role' }) ?? await t.world.sends({ queue: 'S/To', as: 'S/Role' }), /S\/Role/),
};
