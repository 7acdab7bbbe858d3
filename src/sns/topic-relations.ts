import { partsOf } from '../policy/coverage';
import { Mentions } from '../rules/mentions';
import { targetOf } from '../rules/values';
import { memoize } from '../template/memoize';
import type { Read } from '../template/read';
import type { TemplateResource } from '../template/template';

/** The ARNs of a policy's topics. */
export function topicsOf(policy: TemplateResource): readonly Read[] {
  return policy.get(policy.type === 'AWS::SNS::TopicInlinePolicy' ? 'TopicArn' : 'Topics').items();
}

const policies = memoize((template) => new Mentions(
  template.everyOfType('AWS::SNS::TopicPolicy', 'AWS::SNS::TopicInlinePolicy').map((by) => ({ by, values: () => topicsOf(by) })), ['AWS::SNS::Topic']));

/** Whether a value is the ARN of a topic of the template. */
function isArnOfTopic(topic: TemplateResource, arn: Read): boolean | undefined {
  const target = targetOf(arn);
  if (target) { return target === topic; }
  if (arn.kind === 'absent' || (arn.kind === 'unknown' && arn.source === 'import')) { return false; }
  const name = topic.get('TopicName').literal();
  const [, , service, , , written] = partsOf(arn.symbol, ':');
  if (arn.kind === 'value' && service === 'sns' && written !== undefined) { return name.kind === 'unknown' ? undefined : name.kind === 'value' && name.text === written; }
  return arn.kind === 'unknown' ? undefined : false;
}

/** The policies that name a topic of the template for certain, and those that may. */
export const policiesOf = (topic: TemplateResource) => policies(topic.owner).of(topic, (arn) => isArnOfTopic(topic, arn));

/** The same; a topic that is imported may be any. */
export const policiesThatMayName = (topic: TemplateResource) => policies(topic.owner).of(topic, (arn) => (arn.kind === 'unknown' ? undefined : isArnOfTopic(topic, arn)));
