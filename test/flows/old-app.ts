import * as cdk from 'aws-cdk-lib';
import { copies } from './old-app-copies';
import { outside } from './old-app-outside';
import { by, Declare, EUROPE, fn, MAIN, Make, may, OldFlow, role, THEIRS } from './old-app-parts';
import { topics } from './old-app-topics';

/**
 * An app as teams have it: more than sixty resources in eight stacks, two accounts, two Regions and one Stage, with every kind of flow that encryption could
 * cut off. The answer is its flows.
 */
export function oldApp(app: cdk.App, make: Make): OldFlow[] {
  const flows: OldFlow[] = [];
  const stackOf = (id: string, env: object, scope: cdk.App | cdk.Stage = app) => new cdk.Stack(scope, id, { env });
  const [data, compute, audit, delivery, web, europe, theirs] = ([['Data', MAIN], ['Compute', MAIN], ['Audit', MAIN], ['Delivery', MAIN], ['Web', MAIN], ['Europe', EUROPE], ['Theirs', THEIRS]] as const)
    .map(([id, env]) => stackOf(id, env));
  const staged = stackOf('Staged', MAIN, new cdk.Stage(app, 'Prod'));
  const flow = (name: string, told: RegExp, ask: OldFlow['ask']) => flows.push({ name, told, ask });
  messages(data, compute, make, flow);
  topics(data, compute, make, flow);
  files(data, compute, theirs, make, flow);
  copies(data, make, flow);
  services(data, compute, flow);
  logs(audit, make, flow);
  pipelines(delivery, make, flow);
  site(web, make, flow);
  outside(web, audit, make, flow);
  region(europe, make, flow);
  stage(staged, make, flow);
  return flows;
}

/** Queues: dead letters, destinations, event sources, rules, topics of this and of another account, notifications, schedules. */
function messages(data: cdk.Stack, compute: cdk.Stack, make: Make, flow: Declare): void {
  const { aws_lambda_destinations: destinations, aws_lambda_event_sources: sources, aws_events: events, aws_events_targets: targets } = cdk;
  const { aws_sns: sns, aws_sns_subscriptions: to, aws_s3: s3, aws_s3_notifications: notify } = cdk;
  fn(data, 'Failing', { deadLetterQueue: new make.Queue(data, 'DeadLetters') });
  flow('dead letters of a function', /Data\/Failing/, (w) => w.sends({ queue: 'Data/DeadLetters', as: 'Data/Failing' }));
  fn(data, 'Async', { onFailure: new destinations.SqsDestination(new make.Queue(data, 'Failed')) });
  flow('a destination of a function', /Data\/Async/, (w) => w.sends({ queue: 'Data/Failed', as: 'Data/Async' }));
  const jobs = new make.Queue(data, 'Jobs');
  fn(compute, 'Worker').addEventSource(new sources.SqsEventSource(jobs));
  flow('an event source of a function in another stack', /Compute\/Worker/, (w) => w.receives({ queue: 'Data/Jobs', as: 'Compute/Worker' }));
  role(compute, 'Clock', 'scheduler.amazonaws.com').addToPolicy(may(['sqs:SendMessage'], jobs.queueArn));
  flow('a schedule with a role in another stack', /Compute\/Clock/, (w) => w.sends({ queue: 'Data/Jobs', as: 'Compute/Clock' }));
  const machine = new cdk.aws_stepfunctions.StateMachine(data, 'Machine', { definitionBody: cdk.aws_stepfunctions.DefinitionBody.fromString('{}') });
  new events.Rule(data, 'Nightly', { schedule: events.Schedule.rate(cdk.Duration.days(1)), targets: [new targets.SfnStateMachine(machine, { deadLetterQueue: new make.Queue(data, 'RuleDeadLetters') })] });
  flow('dead letters of a rule', /events\.amazonaws/, (w) => w.sends({ queue: 'Data/RuleDeadLetters', as: 'events.amazonaws.com', source: by(w.arnOf(w.at('Data/Nightly'))), sourceInKms: false }));
  new events.Rule(data, 'Orders', { eventPattern: { source: ['orders'] }, targets: [new targets.SqsQueue(new make.Queue(data, 'OrderEvents'))] });
  flow('events of a rule', /events\.amazonaws/, (w) => w.sends({ queue: 'Data/OrderEvents', as: 'events.amazonaws.com', source: by(w.arnOf(w.at('Data/Orders'))), sourceInKms: false }));
  new sns.Topic(data, 'News').addSubscription(new to.SqsSubscription(new make.Queue(data, 'NewsQueue'), { deadLetterQueue: new make.Queue(data, 'NewsDeadLetters') }));
  for (const queue of ['NewsQueue', 'NewsDeadLetters']) { flow(`messages of a topic to ${queue}`, /sns\.amazonaws/, (w) => w.sends({ queue: `Data/${queue}`, as: 'sns.amazonaws.com', source: by(w.arnOf(w.at('Data/News'))) })); }
  const foreign = 'arn:aws:sns:us-east-1:444455556666:orders';
  sns.Topic.fromTopicArn(data, 'Foreign', foreign).addSubscription(new to.SqsSubscription(new make.Queue(data, 'ForeignNews')));
  flow('a topic of another account', /444455556666/, (w) => w.sends({ queue: 'Data/ForeignNews', as: 'sns.amazonaws.com', source: by(foreign, '444455556666') }));
  new make.Bucket(data, 'Uploads').addEventNotification(s3.EventType.OBJECT_CREATED, new notify.SqsDestination(new make.Queue(data, 'UploadEvents')));
  flow('notifications of a bucket', /s3\.amazonaws|Data\/Uploads/, (w) => w.sends({ queue: 'Data/UploadEvents', as: 's3.amazonaws.com', source: by(w.arnOf(w.at('Data/Uploads'))) }));
}

/** Buckets: roles of one and of two stacks, a user, another account, inventory, Firehose, Athena. */
function files(data: cdk.Stack, compute: cdk.Stack, theirs: cdk.Stack, make: Make, flow: Declare): void {
  const shared = new make.Bucket(data, 'Shared', { bucketName: 'old-app-shared' });
  role(data, 'Reader', 'lambda.amazonaws.com').addToPolicy(may(['s3:GetObject'], shared.arnForObjects('*')));
  flow('a role with a policy written by hand', /Data\/Reader/, (w) => w.reads({ bucket: 'Data/Shared', as: 'Data/Reader' }));
  role(compute, 'Task', 'ecs-tasks.amazonaws.com').addToPolicy(may(['s3:PutObject'], shared.arnForObjects('in/*')));
  flow('a role of another stack', /Compute\/Task/, (w) => w.writes({ bucket: 'Data/Shared', as: 'Compute/Task', key: 'in/x' }));
  role(compute, 'ByName', 'lambda.amazonaws.com').addToPolicy(may(['s3:GetObject'], 'arn:aws:s3:::old-app-shared/*'));
  flow('a role that knows the name only', /Compute\/ByName/, (w) => w.reads({ bucket: 'Data/Shared', as: 'Compute/ByName' }));
  role(compute, 'Wide', 'lambda.amazonaws.com').addToPolicy(may(['s3:GetObject'], '*'));
  flow('a role with every resource', /Compute\/Wide/, (w) => w.reads({ bucket: 'Data/Shared', as: 'Compute/Wide' }));
  role(theirs, 'Partner', 'lambda.amazonaws.com', { roleName: 'partner' }).addToPolicy(may(['s3:GetObject'], 'arn:aws:s3:::old-app-shared/*'));
  shared.addToResourcePolicy(new cdk.aws_iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [shared.arnForObjects('*')], principals: [new cdk.aws_iam.ArnPrincipal('arn:aws:iam::444455556666:role/partner')] }));
  flow('a role of another account', /Theirs\/Partner/, (w) => w.reads({ bucket: 'Data/Shared', as: 'Theirs/Partner' }));
  new make.Bucket(data, 'Listed', { inventories: [{ destination: { bucket: new make.Bucket(data, 'Inventory') } }] });
  flow('inventory', /s3\.amazonaws/, (w) => w.writes({ bucket: 'Data/Inventory', as: 's3.amazonaws.com', source: by(w.arnOf(w.at('Data/Listed'))) }));
  const events = new make.Bucket(data, 'Events');
  const firehose = role(data, 'Firehose', 'firehose.amazonaws.com');
  firehose.addToPolicy(may(['s3:PutObject'], events.arnForObjects('*')));
  new cdk.aws_kinesisfirehose.CfnDeliveryStream(data, 'Stream', { extendedS3DestinationConfiguration: { bucketArn: events.bucketArn, roleArn: firehose.roleArn } });
  flow('a delivery stream', /Data\/Firehose/, (w) => w.writes({ bucket: 'Data/Events', as: 'Data/Firehose' }));
  const results = new make.Bucket(data, 'Results');
  new cdk.aws_athena.CfnWorkGroup(data, 'Group', { name: 'g', workGroupConfiguration: { resultConfiguration: { outputLocation: results.s3UrlForObject('r/'), encryptionConfiguration: { encryptionOption: 'SSE_S3' } } } });
  results.grantReadWrite(role(data, 'Analyst', 'lambda.amazonaws.com'));
  flow('query results', /Data\/(Group|Analyst)/, (w) => w.writes({ bucket: 'Data/Results', as: 'Data/Analyst', header: 'AES256', key: 'r/x' }));
}

/** Streams, functions with an environment, state machines, launch templates: of what has a key, whoever uses it needs the key. */
function services(data: cdk.Stack, compute: cdk.Stack, flow: Declare): void {
  const { aws_kinesis: kinesis, aws_stepfunctions: sfn, aws_ec2: ec2, aws_logs: to } = cdk;
  const uses = (
    name: string, path: string, key: (props: any) => string | undefined, as: string, actions: string[], context: Record<string, string>,
  ) =>
    flow(name, new RegExp(as), (w) => w.useKey(key(w.at(path).props) ?? 'alias/aws/any', actions, w.who(as), context, MAIN));
  const via = (service: string) => ({ 'kms:ViaService': `${service}.us-east-1.amazonaws.com` });
  const stream = new kinesis.Stream(data, 'Clicks');
  stream.grantRead(role(compute, 'Counter', 'lambda.amazonaws.com'));
  role(data, 'Collector', 'apigateway.amazonaws.com').addToPolicy(may(['kinesis:PutRecord'], stream.streamArn));
  const ofStream = (props: any) => props.StreamEncryption?.KeyId;
  uses('a reader of a stream in another stack', 'Data/Clicks', ofStream, 'Compute/Counter', ['kms:Decrypt'], via('kinesis'));
  uses('a writer to a stream', 'Data/Clicks', ofStream, 'Data/Collector', ['kms:GenerateDataKey'], via('kinesis'));
  fn(compute, 'Configured', { environment: { TABLE: 'orders' } });
  uses('a function with an environment', 'Compute/Configured', ({ KmsKeyArn }) => KmsKeyArn, 'Compute/Configured', ['kms:Decrypt'], via('lambda'));
  new sfn.StateMachine(compute, 'Logged', { definitionBody: sfn.DefinitionBody.fromString('{}'), logs: { destination: new to.LogGroup(compute, 'Executions'), level: sfn.LogLevel.ALL } });
  const ofMachine = ({ EncryptionConfiguration }: any) => EncryptionConfiguration?.KmsKeyId;
  const machine = { 'kms:EncryptionContext:aws:states:stateMachineArn': `arn:aws:states:us-east-1:${MAIN.account}:stateMachine:any` };
  uses('a state machine', 'Compute/Logged', ofMachine, 'Compute/Logged', ['kms:Decrypt', 'kms:GenerateDataKey'], machine);
  uses('whoever describes executions', 'Compute/Logged', ofMachine, 'Compute/Counter', ['kms:Decrypt'], { ...machine, ...via('states') });
  new ec2.LaunchTemplate(compute, 'Fleet', { blockDevices: [{ deviceName: '/dev/xvda', volume: ec2.BlockDeviceVolume.ebs(8) }] });
  uses('whoever launches instances', 'Compute/Fleet', (props) => props.LaunchTemplateData.BlockDeviceMappings[0].Ebs.KmsKeyId, 'Compute/Task',
    ['kms:Decrypt', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:CreateGrant'], { ...via('ec2'), 'kms:GrantIsForAWSResource': 'true' });
}

/** Trails, flow logs, AWS Config, load balancers. */
function logs(audit: cdk.Stack, make: Make, flow: Declare): void {
  const { aws_cloudtrail: ct, aws_kms: kms, aws_ec2: ec2, aws_iam: iam, aws_elasticloadbalancingv2: elb } = cdk;
  const trail = (name: string) => by(`arn:aws:cloudtrail:us-east-1:111122223333:trail/${name}`);
  new ct.Trail(audit, 'Plain', { trailName: 'plain', bucket: new make.Bucket(audit, 'PlainTrail') });
  flow('a trail', /cloudtrail/, (w) => w.writes({ bucket: 'Audit/PlainTrail', as: 'cloudtrail.amazonaws.com', header: 'AES256', key: 'AWSLogs/111122223333/x', source: trail('plain') }));
  new ct.Trail(audit, 'Keyed', { trailName: 'keyed', bucket: new make.Bucket(audit, 'KeyedTrail'), encryptionKey: new kms.Key(audit, 'TrailKey', { enableKeyRotation: true }) });
  flow('a trail with its own key', /cloudtrail/, (w) => w.writes({ bucket: 'Audit/KeyedTrail', as: 'cloudtrail.amazonaws.com', header: w.arnOf(w.at('Audit/TrailKey')), key: 'AWSLogs/111122223333/x', source: trail('keyed'), kmsActions: [] }));
  const vpc = new ec2.Vpc(audit, 'Vpc', { natGateways: 0, maxAzs: 2 });
  vpc.addFlowLog('FlowLog', { destination: ec2.FlowLogDestination.toS3(new make.Bucket(audit, 'FlowLogs')) });
  flow('a flow log', /delivery\.logs/, (w) => w.writes({ bucket: 'Audit/FlowLogs', as: 'delivery.logs.amazonaws.com', source: by('arn:aws:logs:us-east-1:111122223333:*') }));
  const config = new make.Bucket(audit, 'Config');
  config.addToResourcePolicy(new iam.PolicyStatement({ principals: [new iam.ServicePrincipal('config.amazonaws.com')], actions: ['s3:PutObject'], resources: [config.arnForObjects('*')] }));
  flow('AWS Config', /config\.amazonaws/, (w) => w.writes({ bucket: 'Audit/Config', as: 'config.amazonaws.com', source: by('arn:aws:config:us-east-1:111122223333:*') }));
  const network = new elb.NetworkLoadBalancer(audit, 'Nlb', { vpc });
  network.logAccessLogs(new make.Bucket(audit, 'NlbLogs'));
  flow('logs of a network load balancer', /delivery\.logs/, (w) => w.writes({ bucket: 'Audit/NlbLogs', as: 'delivery.logs.amazonaws.com', source: by('arn:aws:logs:us-east-1:111122223333:*') }));
  new cdk.aws_ses.ReceiptRuleSet(audit, 'Mails', { rules: [{ actions: [new cdk.aws_ses_actions.S3({ bucket: new make.Bucket(audit, 'Mail') })] }] });
  flow('received mail', /ses\.amazonaws/, (w) => w.writes({ bucket: 'Audit/Mail', as: 'ses.amazonaws.com', acl: undefined, source: by('arn:aws:ses:us-east-1:111122223333:receipt-rule-set/r:receipt-rule/x') }));
}

/** Builds, which name a key in each upload. */
function pipelines(delivery: cdk.Stack, make: Make, flow: Declare): void {
  const { aws_codebuild: cb } = cdk;
  new cb.Project(delivery, 'Project', { buildSpec: cb.BuildSpec.fromObject({ version: '0.2', artifacts: { files: ['**/*'] } }), artifacts: cb.Artifacts.s3({ bucket: new make.Bucket(delivery, 'Artifacts'), name: 'a' }) });
  flow('artifacts of a build', /Delivery\/Project/, (w) => w.writes({ bucket: 'Delivery/Artifacts', as: 'Delivery/Project/Role', header: w.at('Delivery/Project').props.EncryptionKey ?? 'alias/aws/s3', key: 'a/x' }));
}

/** A site behind CloudFront, with origin access control. */
function site(web: cdk.Stack, make: Make, flow: Declare): void {
  const { aws_cloudfront: cf, aws_cloudfront_origins: from } = cdk;
  new cf.Distribution(web, 'Site', { defaultBehavior: { origin: from.S3BucketOrigin.withOriginAccessControl(new make.Bucket(web, 'Pages')) } });
  flow('a distribution', /cloudfront/i, (w) => w.reads({ bucket: 'Web/Pages', as: 'cloudfront.amazonaws.com', source: by(`arn:aws:cloudfront::111122223333:distribution/${w.ref(w.at('Web/Site'))}`) }));
}

/** Another Region. */
function region(europe: cdk.Stack, make: Make, flow: Declare): void {
  const bucket = new make.Bucket(europe, 'Local');
  role(europe, 'App', 'lambda.amazonaws.com').addToPolicy(may(['s3:GetObject', 's3:PutObject'], bucket.arnForObjects('*')));
  flow('a role in another Region', /Europe\/App/, async (w) => await w.reads({ bucket: 'Europe/Local', as: 'Europe/App' }) ?? w.writes({ bucket: 'Europe/Local', as: 'Europe/App' }));
}

/** A Stage, which is completed by itself. */
function stage(staged: cdk.Stack, make: Make, flow: Declare): void {
  const queue = new make.Queue(staged, 'Work');
  role(staged, 'Sender', 'lambda.amazonaws.com').addToPolicy(may(['sqs:SendMessage'], queue.queueArn));
  flow('a role in a Stage', /Prod\/Staged\/Sender/, (w) => w.sends({ queue: 'Prod/Staged/Work', as: 'Prod/Staged/Sender' }));
  const bucket = new make.Bucket(staged, 'Files');
  fn(staged, 'Reader', { initialPolicy: [may(['s3:GetObject'], bucket.arnForObjects('*'))] });
  flow('a function in a Stage', /Prod\/Staged\/Reader/, (w) => w.reads({ bucket: 'Prod/Staged/Files', as: 'Prod/Staged/Reader' }));
}
