import { CfnResource, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Protection } from './protection';
import type { StageModel } from './read-stage';
import { tell } from './tell';
import { allowedIn } from '../flows/finders';
import { Flow, nameOf, ServiceParty } from '../flows/flow';
import { serviceStatement } from '../flows/needs';
import { EncryptionError, ownerPath } from '../private/errors';
import { addToResourcePolicyOf } from '../private/resource-policy';
import { hasOnlyOurStatements } from '../private/topic-policy';

type Topic = CfnResource & { readonly ref: string };

interface Place {
  readonly model: StageModel;
  readonly policiesOf: (resource: CfnResource) => readonly CfnResource[];
  readonly refuse: (error: EncryptionError) => void;
}

/**
 * Allows the services that the app has publish to a topic in the topic's policy: a topic with a policy of its own has lost SNS's default one, by
 * which alarms and others of its account publish. Refuses what would deliver in the clear.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html
 */
export function completeTopic(protection: Protection, flows: readonly Flow[], { model, policiesOf, refuse }: Place): void {
  const topic = protection.resource as Topic;
  const target = model.resourceOf(topic);
  if (protection.kind !== 'topic' || !target) { return; }
  const policies = policiesOf(topic);
  if (policies.length > 0) { allowPublishers(protection, flows, policies, allowedServices(model, target), refuse); }
  for (const each of subscriptionsInTheClear(model, target)) {
    tell(protection, new EncryptionError(ownerPath(topic), 'SubscriptionNotOverHttps',
      `cannot deliver to the subscription ${nameOf(each)}: its 'protocol' is 'http', and messages would travel without TLS. Give an endpoint with https://.`), refuse);
  }
}

type Model = NonNullable<ReturnType<StageModel['resourceOf']>>;

/** The services, with the account that they act for, that the topic's policy names already. */
function allowedServices({ estate }: StageModel, target: Model): Set<string> {
  return new Set(allowedIn(estate).byResourcePolicies.filter((each) => each.target === target)
    .flatMap(({ party }) => (party.kind === 'service' ? [party.service] : [])));
}

function allowPublishers(
  protection: Protection, flows: readonly Flow[], policies: readonly CfnResource[], allowed: Set<string>, refuse: Place['refuse'],
): void {
  const topic = protection.resource as Topic;
  for (const { party } of flows) {
    if (party.kind !== 'service' || allowed.has(party.service)) { continue; }
    allowed.add(party.service);
    const error = addToResourcePolicyOf(topic, [publishStatement(topic, party)], policies);
    if (error) { tell(protection, error, refuse); }
  }
}

/** EventBridge names no source to SNS: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sns-permissions */
function publishStatement(topic: Topic, party: ServiceParty): iam.PolicyStatement {
  const account = party.account ?? Stack.of(topic).account;
  return new iam.PolicyStatement({
    sid: `PublishFrom${serviceStatement(party, 'topic', account, '').sid}`,
    principals: [new iam.ServicePrincipal(party.service)],
    actions: ['sns:Publish'],
    resources: [topic.ref],
    conditions: party.service === 'events.amazonaws.com' ? undefined : { StringEquals: { 'aws:SourceAccount': account } },
  });
}

function subscriptionsInTheClear({ estate }: StageModel, topic: Model): Model[] {
  return estate.ofType('AWS::SNS::Subscription').filter((each) => estate.one('topic', each.get('TopicArn'), each.owner) === topic
    && each.get('Protocol').match({ value: (protocol) => protocol.is('http'), absent: () => false, unknown: () => false }));
}

/**
 * What SNS's default policy allows beside what the account's own IAM policies do: services publish for resources of the account. Only where the
 * app has no policy of its own, which would have replaced the default one already.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-language-key-concepts.html#sns-aws-account-owner
 */
export function restoreDefaultPolicy(topic: CfnResource, policies: readonly CfnResource[]): void {
  if (!policies.every(hasOnlyOurStatements)) { return; }
  addToResourcePolicyOf(topic, [new iam.PolicyStatement({
    sid: 'PublishFromOwnAccount',
    principals: [new iam.AnyPrincipal()],
    actions: ['sns:Publish'],
    resources: [topic.ref],
    conditions: { StringEquals: { 'aws:SourceOwner': Stack.of(topic).account } },
  })], policies);
}
