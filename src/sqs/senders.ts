import { isArnOf } from './queue-names';
import { policiesOf } from './queue-relations';
import { keyFor, Source, sourceOfParty, sourcesAllowedBy } from './sender-sources';
import type { ServiceParty } from '../flows/flow';
import { isManaged, keyNamed, letsServiceIn } from '../kms/keys';
import { covers, isAllow, knownStatements, servicesOf, statementsIn } from '../policy/policy';
import { Mention, Mentions, Named, notKnownWhom } from '../rules/mentions';
import { Check, fail, NOT_APPLICABLE, PASS, undetermined, Verdict } from '../rules/rule';
import { notKnown, targetOf, worst } from '../rules/values';
import { snsFor } from '../sns/flows';
import { memoize } from '../template/memoize';
import { Read, Unknown } from '../template/read';
import type { TemplateResource } from '../template/template';

/** A service that sends to a queue or topic, by what a resource of the template sets up or by a policy. */
interface Sender {
  readonly service: string;
  readonly by: TemplateResource;
  /** For whom it sends, where that is said. */
  readonly sources: readonly Source[];
}

/** What resources of a type send to, and by which service. */
interface SetUp {
  readonly party: (resource: TemplateResource) => ServiceParty;
  readonly targets: (resource: TemplateResource) => Read[];
}

type Part = Pick<TemplateResource, 'get'>;

const within = (list: Read, ...path: string[]) => list.items().map((item) => item.get(...path));
const queueSubscription = (item: Part): Read[] => item.get('Protocol').literal().match({
  value: (protocol) => (protocol.is('sqs') ? [item.get('Endpoint')] : []),
  absent: () => [],
  unknown: () => [item.get('Endpoint')],
});
const notifications = (resource: TemplateResource, queue: string, topic: string) => [
  ...within(resource.get('NotificationConfiguration', 'QueueConfigurations'), queue),
  ...within(resource.get('NotificationConfiguration', 'TopicConfigurations'), topic),
];

const alwaysBy = (service: string) => (): ServiceParty => ({ kind: 'service', service });

const SETS_UP: Readonly<Record<string, SetUp>> = {
  'AWS::S3::Bucket': { party: alwaysBy('s3.amazonaws.com'), targets: (bucket) => notifications(bucket, 'Queue', 'Topic') },
  // What the CDK writes in place of the property.
  'Custom::S3BucketNotifications': { party: alwaysBy('s3.amazonaws.com'), targets: (custom) => notifications(custom, 'QueueArn', 'TopicArn') },
  // A topic in an opt-in Region delivers with a principal of that Region.
  'AWS::SNS::Subscription': { party: (subscription) => snsFor(subscription.get('TopicArn'), subscription), targets: queueSubscription },
  'AWS::SNS::Topic': { party: alwaysBy('sns.amazonaws.com'), targets: (topic) => topic.get('Subscription').items().flatMap(queueSubscription) },
  'AWS::Events::Rule': {
    party: alwaysBy('events.amazonaws.com'),
    targets: (rule) => [...within(rule.get('Targets'), 'Arn'), ...within(rule.get('Targets'), 'DeadLetterConfig', 'Arn')],
  },
  'AWS::CloudWatch::Alarm': {
    party: alwaysBy('cloudwatch.amazonaws.com'),
    targets: (alarm) => ['AlarmActions', 'OKActions', 'InsufficientDataActions'].flatMap((name) => alarm.get(name).items()),
  },
};

const setUp = memoize((template) => new Mentions(
  Object.entries(SETS_UP).flatMap(([type, { party, targets }]) => template.everyOfType(type).map((resource) => {
    const { service, ...source } = party(resource);
    // Whether a number is the own account is not known where the stack does not say it.
    const isPlaced = template.surroundings.account !== undefined;
    return { by: resource, service, sources: isPlaced ? sourceOfParty({ service, ...source }) : [], values: () => targets(resource) };
  })),
  ['AWS::SQS::Queue', 'AWS::SNS::Topic']));

/** Whether a value is the ARN of a topic of the template; a text is not taken for one. */
function isTopic(topic: TemplateResource, value: Read): boolean | undefined {
  const target = targetOf(value);
  if (target) { return target === topic; }
  return value.kind === 'unknown' && value.source !== 'import' ? undefined : false;
}

/** Services that use the key as themselves, and not with somebody's role. */
const SENDS = ['s3.amazonaws.com', 'sns.amazonaws.com', 'events.amazonaws.com', 'cloudwatch.amazonaws.com'];

/** The policies of a queue or topic, by whether it is known that they are. */
function policiesAbout(resource: TemplateResource): Named<Mention> {
  if (resource.type === 'AWS::SQS::Queue') { return policiesOf(resource); }
  const policies = resource.owner.ofType('AWS::SNS::TopicPolicy').map((by) => ({ by, values: () => by.get('Topics').items() }));
  return new Mentions(policies, ['AWS::SNS::Topic']).of(resource, (topic) => isTopic(resource, topic));
}

/** The services that a policy allows to send to queues or topics. */
function allowedBy(policy: TemplateResource, { type }: TemplateResource): Sender[] {
  const action = type === 'AWS::SQS::Queue' ? 'sqs:SendMessage' : 'sns:Publish';
  const services = knownStatements(policy.get('PolicyDocument')).filter((statement) => isAllow(statement) && covers(statement, action))
    .flatMap(servicesOf).filter((service) => SENDS.includes(service.replace(/^sns\.[a-z0-9-]+\.amazonaws/, 'sns.amazonaws')));
  return services.map((service) => ({ service, by: policy, sources: sourcesAllowedBy(policy, service, action) }));
}

/** What keeps a service that sends from using the key: fails with the first one. */
export const sendersHaveKey: Check = (resource) => {
  const key = resource.get('KmsMasterKeyId');
  if (key.kind === 'absent') { return NOT_APPLICABLE; }
  const isName = (arn: Read) => (resource.type === 'AWS::SQS::Queue' ? isArnOf(resource, arn) : isTopic(resource, arn));
  const services = setUp(resource.owner).of(resource, isName);
  const policies = policiesAbout(resource);
  const verdict = mayUse(resource, key, [...services.certain, ...policies.certain.flatMap(({ by }) => allowedBy(by, resource))]);
  const possible = [
    ...services.possible.map(({ mention, value }) => ({ value, by: mention.by, senders: [mention] })),
    ...policies.possible.map(({ mention: { by }, value }) => ({ value, by, senders: allowedBy(by, resource) })),
  ].find(({ senders }) => mayUse(resource, key, senders).kind === 'fail');
  return possible && verdict.kind !== 'fail' ? notKnownWhom(possible.by, possible.value) : verdict;
};

/** Whether services may use the key of what they send to. */
function mayUse(resource: TemplateResource, key: Read, senders: readonly Sender[]): Verdict {
  const [first] = senders;
  if (!first) { return NOT_APPLICABLE; }
  if (isManaged(key)) { return fail(`${first.service} (${first.by.logicalId}) can never use ${key.shown}: its policy cannot be changed`); }
  if (key.kind === 'unknown' && key.source !== 'import') { return notKnown(key); }
  const named = keyNamed(resource, key);
  if (!named) { return NOT_APPLICABLE; }
  const statements = statementsIn(named.get('KeyPolicy'));
  if (statements instanceof Unknown) { return notKnown({ where: `${statements.where} of ${named.logicalId}`, reason: statements.reason }); }
  const kept = senders.find(({ service }) => !letsServiceIn(named, service));
  if (kept) { return fail(`${kept.service} (${kept.by.logicalId}) may not use its key ${named.logicalId}: what it sends is lost`); }
  return worst(PASS, ...senders.flatMap((sender) => sender.sources.map((source) => mayUseFor(named, sender, source))));
}

/** Whether a service may use the key for a source that what it sends to takes. */
function mayUseFor(key: TemplateResource, { service, by: policy }: Sender, source: Source): Verdict {
  const what = `${service} (${policy.logicalId}) may not use its key ${key.logicalId} for ${source.name}`;
  const answer = keyFor(key, service, source);
  if (source.isUnknown && answer !== 'yes') { return undetermined(`whether ${what}`); }
  return answer === 'no' ? fail(`${what}: what it sends is lost`) : answer === 'unknown' ? undetermined(`whether ${what} is known only when the stack is deployed`) : PASS;
}
