const build = ({ cdk: { aws_events: ev, aws_events_targets: to }, stack, make }) => {
  new ev.Rule(stack, 'R', { eventPattern: { source: ['x'] }, targets: [new to.SqsQueue(new make.Queue(stack, 'Q'))] });
};
module.exports = {
  kind: 'eventbridge-source',
  context: { '@aws-cdk/aws-events:eventsTargetQueueSameAccount': true },
  about: 'Which rule may send to a queue stands in the queue\'s policy: the CDK drops `aws:SourceArn` as soon as the queue has a key; with this flag it writes `aws:SourceAccount`.',
  source: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sqs-permissions',
  mustWork: ['constructs', 'strict', 'report', 'mixins'],
  build,
  judge: async (t) => {
    const other = { arn: 'arn:aws:events:us-east-1:444455556666:rule/theirs', account: '444455556666' };
    const own = { arn: t.world.arnOf(t.world.at('S/R')), account: '111122223333' };
    const lost = await t.world.sends({ queue: 'S/Q', as: 'events.amazonaws.com', source: own, sourceInKms: false });
    if (lost) { return t.verdict(lost, /events\.amazonaws\.com/); }
    const stranger = await t.world.sends({ queue: 'S/Q', as: 'events.amazonaws.com', source: other, sourceInKms: false });
    return stranger ? 'ok' : 'silent loss: a rule of another account may send to S/Q now';
  },
};
