import { isManaged, keyNamed, letsServiceIn } from '../kms/keys';
import { covers, isAllow, knownStatements, servicesOf, Statement, statementsOfAll } from '../policy/policy';
import { fail, NOT_APPLICABLE, PASS, Verdict } from '../rules/rule';
import { Unknown } from '../template/resolved';
import { Template, TemplateResource } from '../template/template';

/** Logical id of a queue or topic → the services that the template lets send to it, and by what. */
export type Senders = Map<string, Array<{ readonly service: string; readonly by: string }>>;

/** The policies of each queue, by its logical id. */
export function policiesOfQueue(queue: TemplateResource, template: Template): TemplateResource[] {
  const byQueue = template.once('sqs policies', () => {
    const byName = new Map(template.all().filter(({ type }) => type === 'AWS::SQS::Queue').map((each) => [template.text(each.properties.QueueName), each.logicalId]));
    const found = new Map<string, TemplateResource[]>();
    for (const policy of template.all().filter(({ type }) => type === 'AWS::SQS::QueuePolicy' || type === 'AWS::SQS::QueueInlinePolicy')) {
      for (const url of template.list(policy.properties.Queues ?? policy.properties.Queue)) {
        const id = template.target(url)?.logicalId ?? byName.get(template.text(url).split('/').pop() ?? '');
        if (id) { found.set(id, [...(found.get(id) ?? []), policy]); }
      }
    }
    return found;
  });
  return (byQueue.get(queue.logicalId) ?? []).filter((policy) => template.isMade(policy));
}

/** The statements of a queue's policies; `undefined` where it has none. */
export function queueStatements(queue: TemplateResource, template: Template): Statement[] | Unknown | undefined {
  return statementsOfAll(template, policiesOfQueue(queue, template));
}

/** Who sends to a queue or topic by what the template itself sets up. */
function sendersOf(template: Template): Senders {
  return template.once('senders', () => {
    const senders: Senders = new Map();
    const add = (target: unknown, service: string, by: TemplateResource) => {
      const id = template.target(target)?.logicalId;
      if (id) { senders.set(id, [...(senders.get(id) ?? []), { service, by: by.logicalId }]); }
    };
    for (const each of template.all()) { SETS_UP.get(each.type)?.(each, template, (target, service) => add(target, service, each)); }
    return senders;
  });
}

type SetsUp = (resource: TemplateResource, template: Template, add: (target: unknown, service: string) => void) => void;

const SETS_UP = new Map<string, SetsUp>(Object.entries({
  'AWS::S3::Bucket': (bucket, template, add) => {
    const notifications = template.object(bucket.properties.NotificationConfiguration);
    template.objects(notifications.QueueConfigurations).forEach(({ Queue }) => add(Queue, 's3.amazonaws.com'));
    template.objects(notifications.TopicConfigurations).forEach(({ Topic }) => add(Topic, 's3.amazonaws.com'));
  },
  // What the CDK writes in place of the property.
  'Custom::S3BucketNotifications': (custom, template, add) => {
    const notifications = template.object(custom.properties.NotificationConfiguration);
    template.objects(notifications.QueueConfigurations).forEach(({ QueueArn }) => add(QueueArn, 's3.amazonaws.com'));
    template.objects(notifications.TopicConfigurations).forEach(({ TopicArn }) => add(TopicArn, 's3.amazonaws.com'));
  },
  'AWS::SNS::Subscription': (subscription, template, add) => {
    if (template.text(subscription.properties.Protocol) === 'sqs') { add(subscription.properties.Endpoint, 'sns.amazonaws.com'); }
  },
  'AWS::SNS::Topic': (topic, template, add) => template.objects(topic.properties.Subscription)
    .filter(({ Protocol }) => template.text(Protocol) === 'sqs').forEach(({ Endpoint }) => add(Endpoint, 'sns.amazonaws.com')),
  'AWS::Events::Rule': (rule, template, add) => template.objects(rule.properties.Targets).forEach(({ Arn, DeadLetterConfig }) => {
    add(Arn, 'events.amazonaws.com');
    add(template.object(DeadLetterConfig).Arn, 'events.amazonaws.com');
  }),
  'AWS::CloudWatch::Alarm': (alarm, template, add) => ['AlarmActions', 'OKActions', 'InsufficientDataActions']
    .flatMap((name) => template.list(alarm.properties[name])).forEach((action) => add(action, 'cloudwatch.amazonaws.com')),
} satisfies Record<string, SetsUp>));

/** What keeps a service that sends out of the key: `fail` with the first one. */
export function sendersHaveKey(resource: TemplateResource, template: Template): Verdict {
  const key = resource.properties.KmsMasterKeyId;
  const senders = [...(sendersOf(template).get(resource.logicalId) ?? []), ...letInByPolicy(resource, template)];
  if (template.value(key) === undefined || senders.length === 0) { return NOT_APPLICABLE; }
  if (isManaged(template, key)) { return fail(`${senders[0].service} (${senders[0].by}) can never use ${template.text(key)}: its policy cannot be changed`); }
  const named = keyNamed(template, key);
  if (!named) { return NOT_APPLICABLE; }
  const kept = senders.find(({ service }) => !letsServiceIn(named, service));
  return kept ? fail(`${kept.service} (${kept.by}) may not use its key ${named.logicalId}: what it sends is lost`) : PASS;
}

/** The services that the policy of a queue or topic lets in to send. */
function letInByPolicy(resource: TemplateResource, template: Template): Array<{ service: string; by: string }> {
  const [policies, action] = resource.type === 'AWS::SQS::Queue'
    ? [policiesOfQueue(resource, template), 'sqs:SendMessage'] as const
    : [template.ofType('AWS::SNS::TopicPolicy').filter(({ properties }) => template.list(properties.Topics).some((topic) => template.target(topic) === resource)), 'sns:Publish'] as const;
  return policies.flatMap((policy) => knownStatements(template, policy.properties.PolicyDocument)
    .filter((statement) => isAllow(statement) && covers(statement, action))
    .flatMap(servicesOf).filter((service) => SENDS.includes(service)).map((service) => ({ service, by: policy.logicalId })));
}

/** Services that use the key as themselves, and not with somebody's role. */
const SENDS = ['s3.amazonaws.com', 'sns.amazonaws.com', 'events.amazonaws.com', 'cloudwatch.amazonaws.com'];
