import { accountIn, Estate, shapeOf } from '../flows/estate';
import { actsFor, byPolicy, found } from '../flows/finders';
import type { FlowDeclaration, Found, ServiceParty } from '../flows/flow';
import type { Read } from '../template/read';
import type { TemplateResource } from '../template/template';

/**
 * Regions that an account turns on itself: SNS delivers from them to other Regions with a principal of the Region.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-cross-region-delivery.html
 */
const OPT_IN = /^(af-south-1|ap-east-\d|ap-south-2|ap-southeast-[3-9]|ca-west-1|eu-central-2|eu-south-[12]|il-central-1|me-central-1|me-south-1|mx-central-1)$/;

/** SNS, for a topic whose account and Region are believed as its ARN has them. */
export function snsFor(topic: Read, to: TemplateResource): ServiceParty {
  const arn = shapeOf(topic) ?? '';
  const owner = topic.kind === 'value' ? topic.target?.owner : undefined;
  const region = owner?.surroundings.region ?? /^arn:[^:]*:sns:([a-z0-9-]+):/.exec(arn)?.[1];
  const regional = region !== undefined && OPT_IN.test(region) && region !== to.owner.surroundings.region;
  return {
    kind: 'service',
    service: regional ? `sns.${region}.amazonaws.com` : 'sns.amazonaws.com',
    account: owner?.surroundings.account ?? accountIn(arn),
    arn: /^arn:[^$]*$/.test(arn) ? arn : undefined,
  };
}

/** Subscriptions of queues, and the queues for what subscribers did not take. */
function subscriptions(estate: Estate): Found[] {
  const separate = estate.ofType('AWS::SNS::Subscription').flatMap((each) => [
    ...(each.get('Protocol').match({ value: (protocol) => protocol.is('sqs'), absent: () => false, unknown: () => true })
      ? found(estate, each, 'queue', each.get('Endpoint'), snsFor(each.get('TopicArn'), each)) : []),
    ...redriven(estate, each, each.get('RedrivePolicy'), snsFor(each.get('TopicArn'), each)),
  ]);
  const inline = estate.ofType('AWS::SNS::Topic').flatMap((topic) => topic.get('Subscription').items()
    .flatMap((each) => found(estate, topic, 'queue', each.get('Endpoint'), { kind: 'service', service: 'sns.amazonaws.com', account: topic.owner.surroundings.account })));
  return [...separate, ...inline];
}

function redriven(estate: Estate, by: TemplateResource, policy: Read, party: ServiceParty): Found[] {
  return policy.kind === 'value' ? found(estate, by, 'queue', policy.parsed().get('deadLetterTargetArn'), party) : [];
}

/** Services that publish to a topic that one of their resources names. */
interface Publishes {
  readonly id: string;
  readonly service: string;
  readonly what: string;
  readonly principal: string;
  readonly type: string;
  readonly property: string;
  /** What of the resource names the topic. */
  readonly topics: (resource: TemplateResource) => Read[];
  readonly see: string;
}

const DOCS = 'https://docs.aws.amazon.com';

const PUBLISHERS: readonly Publishes[] = [
  {
    id: 'CodeStarNotificationsToTopic',
    service: 'AWS CodeStar Notifications',
    what: 'a notification rule publishes what happens in builds, deployments and pipelines',
    principal: 'codestar-notifications.amazonaws.com',
    type: 'AWS::CodeStarNotifications::NotificationRule',
    property: 'Targets',
    topics: (rule) => rule.get('Targets').items().map((target) => target.get('TargetAddress')),
    see: `${DOCS}/dtconsole/latest/userguide/set-up-sns.html`,
  },
  {
    id: 'SesToTopic',
    service: 'Amazon SES',
    what: 'bounces, complaints, deliveries and received mail are published',
    principal: 'ses.amazonaws.com',
    type: 'AWS::SES::ConfigurationSetEventDestination',
    property: 'EventDestination.SnsDestination.TopicARN',
    topics: (destination) => [destination.get('EventDestination', 'SnsDestination', 'TopicARN')],
    see: `${DOCS}/ses/latest/dg/configure-sns-notifications.html`,
  },
  {
    id: 'SesReceivedMailToTopic',
    service: 'Amazon SES',
    what: 'a receipt rule publishes received mail, or that it was stored',
    principal: 'ses.amazonaws.com',
    type: 'AWS::SES::ReceiptRule',
    property: 'Rule.Actions',
    topics: (rule) => rule.get('Rule', 'Actions').items().flatMap((action) => [
      ...['SNSAction', 'S3Action', 'LambdaAction', 'BounceAction', 'StopAction', 'WorkmailAction', 'AddHeaderAction'].map((each) => action.get(each, 'TopicArn')),
    ]),
    see: `${DOCS}/ses/latest/dg/receiving-email-permissions.html`,
  },
  {
    id: 'RdsEventsToTopic',
    service: 'Amazon RDS',
    what: 'an event subscription publishes what happens to databases',
    principal: 'events.rds.amazonaws.com',
    type: 'AWS::RDS::EventSubscription',
    property: 'SnsTopicArn',
    topics: (subscription) => [subscription.get('SnsTopicArn')],
    see: `${DOCS}/AmazonRDS/latest/UserGuide/USER_Events.GrantingPermissions.html`,
  },
  {
    id: 'DmsEventsToTopic',
    service: 'AWS DMS',
    what: 'an event subscription publishes what happens to tasks and instances',
    principal: 'dms.amazonaws.com',
    type: 'AWS::DMS::EventSubscription',
    property: 'SnsTopicArn',
    topics: (subscription) => [subscription.get('SnsTopicArn')],
    see: `${DOCS}/dms/latest/userguide/CHAP_Events.html`,
  },
  {
    id: 'RedshiftEventsToTopic',
    service: 'Amazon Redshift',
    what: 'an event subscription publishes what happens to clusters',
    principal: 'redshift.amazonaws.com',
    type: 'AWS::Redshift::EventSubscription',
    property: 'SnsTopicArn',
    topics: (subscription) => [subscription.get('SnsTopicArn')],
    see: `${DOCS}/redshift/latest/mgmt/working-with-event-notifications.html`,
  },
  {
    id: 'BackupToTopic',
    service: 'AWS Backup',
    what: 'a vault publishes what happens to its jobs',
    principal: 'backup.amazonaws.com',
    type: 'AWS::Backup::BackupVault',
    property: 'Notifications.SNSTopicArn',
    topics: (vault) => [vault.get('Notifications', 'SNSTopicArn')],
    see: `${DOCS}/aws-backup/latest/devguide/backup-notifications.html`,
  },
  {
    id: 'CostAnomaliesToTopic',
    service: 'AWS Cost Anomaly Detection',
    what: 'a subscription publishes anomalies',
    principal: 'costalerts.amazonaws.com',
    type: 'AWS::CE::AnomalySubscription',
    property: 'Subscribers',
    topics: (subscription) => subscription.get('Subscribers').items().map((subscriber) => subscriber.get('Address')),
    see: `${DOCS}/cost-management/latest/userguide/ad-SNS.html`,
  },
];

function publishes({ principal, type, property, topics, ...about }: Publishes): FlowDeclaration {
  return {
    ...about,
    kind: 'topic',
    direction: 'write',
    foundBy: `\`${type}\` \`${property}\`; a topic policy that allows \`${principal}\``,
    types: [type],
    principal: `\`${principal}\``,
    sends: '',
    needs: '`kms:GenerateDataKey*`, `kms:Decrypt` (`aws:SourceAccount`)',
    becomes: 'completed',
    find: (estate) => [
      ...estate.ofType(type).flatMap((each) => topics(each).flatMap((topic) => found(estate, each, 'topic', topic, actsFor(principal, each)))),
      ...byPolicy(estate, principal, 'topic'),
    ],
  };
}

export const FLOWS: readonly FlowDeclaration[] = [...PUBLISHERS.map(publishes), {
  id: 'SnsToQueue',
  service: 'Amazon SNS',
  what: 'a topic delivers messages, and what a subscriber did not take',
  kind: 'queue',
  direction: 'write',
  foundBy: '`AWS::SNS::Subscription` `Endpoint` and `RedrivePolicy`, `AWS::SNS::Topic` `Subscription`; a queue policy that allows it',
  types: ['AWS::SNS::Subscription'],
  principal: '`sns.amazonaws.com`; `sns.<region>.amazonaws.com` for a topic in an opt-in Region',
  sends: '',
  needs: '`kms:GenerateDataKey*`, `kms:Decrypt` (`aws:SourceAccount`: the topic\'s)',
  becomes: 'completed',
  see: 'https://docs.aws.amazon.com/sns/latest/dg/sns-enable-encryption-for-topic-sqs-queue-subscriptions.html',
  find: (estate) => [...subscriptions(estate), ...byPolicy(estate, 'sns.amazonaws.com', 'queue')],
}];
