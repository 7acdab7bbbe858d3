module.exports = {
  kind: 'statement-order',
  about: 'An escape hatch names a statement of the queue policy by its place. Statements that come before it move it: the override then falls on another one.',
  source: 'https://docs.aws.amazon.com/cdk/v2/guide/cfn-layer.html',
  build({ cdk: { aws_iam: iam }, stack, make }) {
    const queue = new make.Queue(stack, 'Q', { queueName: 'inbox' });
    queue.addToResourcePolicy(new iam.PolicyStatement({ actions: ['sqs:SendMessage'], resources: [queue.queueArn], principals: [new iam.AccountPrincipal('444455556666')] }));
    stack.node.findAll().find((each) => each.cfnResourceType === 'AWS::SQS::QueuePolicy').addOverride('Properties.PolicyDocument.Statement.0.Action', 'sqs:ReceiveMessage');
  },
  judge: (t) => {
    const s = t.world.all('AWS::SQS::QueuePolicy')[0].props.PolicyDocument.Statement.find((x) => x.Effect === 'Allow' && /444455556666/.test(JSON.stringify(x.Principal)));
    return t.verdict(s.Action === 'sqs:ReceiveMessage' ? undefined : `444455556666 may ${s.Action}: the override fell on another statement`, /override|order|statement/i);
  },
};
