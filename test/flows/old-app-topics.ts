import * as cdk from 'aws-cdk-lib';
import { by, Declare, fn, Make, may, role } from './old-app-parts';

/** Topics: alarms, rules, buckets, functions, budgets; pipes; users by their groups. */
export function topics(data: cdk.Stack, compute: cdk.Stack, make: Make, flow: Declare): void {
  const { aws_cloudwatch: cw, aws_cloudwatch_actions: actions, aws_events: events, aws_events_targets: targets } = cdk;
  const { aws_s3: s3, aws_s3_notifications: notify, aws_lambda_destinations: destinations, aws_iam: iam } = cdk;
  const alarms = new make.Topic(data, 'Alarms');
  new cw.Alarm(data, 'Errors', { metric: new cw.Metric({ namespace: 'x', metricName: 'y' }), threshold: 1, evaluationPeriods: 1 }).addAlarmAction(new actions.SnsAction(alarms));
  flow('an alarm', /cloudwatch/, (w) => w.publishes({ topic: 'Data/Alarms', as: 'cloudwatch.amazonaws.com', source: by(w.arnOf(w.at('Data/Errors'))) }));
  new events.Rule(data, 'Releases', { eventPattern: { source: ['releases'] }, targets: [new targets.SnsTopic(new make.Topic(data, 'ReleaseNews'))] });
  flow('a rule that publishes', /events\.amazonaws/, (w) => w.publishes({ topic: 'Data/ReleaseNews', as: 'events.amazonaws.com', source: by(w.arnOf(w.at('Data/Releases'))), sourceInKms: false }));
  new make.Bucket(data, 'Watched').addEventNotification(s3.EventType.OBJECT_REMOVED, new notify.SnsDestination(new make.Topic(data, 'Removals')));
  flow('a bucket that publishes', /s3\.amazonaws|Data\/Watched/, (w) => w.publishes({ topic: 'Data/Removals', as: 's3.amazonaws.com', source: by(w.arnOf(w.at('Data/Watched'))) }));
  fn(compute, 'Notifier', { onSuccess: new destinations.SnsDestination(alarms) });
  flow('a destination of a function that is a topic', /Compute\/Notifier/, (w) => w.publishes({ topic: 'Data/Alarms', as: 'Compute/Notifier' }));
  const costs = new make.Topic(data, 'Costs');
  costs.addToResourcePolicy(new iam.PolicyStatement({ principals: [new iam.ServicePrincipal('budgets.amazonaws.com')], actions: ['sns:Publish'], resources: [costs.topicArn] }));
  flow('a budget', /budgets/, (w) => w.publishes({ topic: 'Data/Costs', as: 'budgets.amazonaws.com', source: by('arn:aws:budgets::111122223333:budget/x') }));
  pipe(data, make, flow);
  user(data, make, flow);
}

function pipe(data: cdk.Stack, make: Make, flow: Declare): void {
  const [from, to] = ['PipeSource', 'PipeTarget'].map((id) => new make.Queue(data, id));
  const pipes = role(data, 'Pipes', 'pipes.amazonaws.com');
  pipes.addToPolicy(may(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], from.queueArn));
  pipes.addToPolicy(may(['sqs:SendMessage'], to.queueArn));
  new cdk.aws_pipes.CfnPipe(data, 'Pipe', { roleArn: pipes.roleArn, source: from.queueArn, target: to.queueArn });
  flow('a pipe', /Data\/Pipes/, async (w) => await w.receives({ queue: 'Data/PipeSource', as: 'Data/Pipes' }) ?? w.sends({ queue: 'Data/PipeTarget', as: 'Data/Pipes' }));
}

function user(data: cdk.Stack, make: Make, flow: Declare): void {
  const bucket = new make.Bucket(data, 'Reports');
  const team = new cdk.aws_iam.Group(data, 'Team');
  new cdk.aws_iam.User(data, 'Person', { groups: [team] });
  team.addToPolicy(may(['s3:GetObject'], bucket.arnForObjects('*')));
  flow('a user, by the policy of a group', /Data\/(Team|Person)/, (w) => w.reads({ bucket: 'Data/Reports', as: 'Data/Person' }));
}
