import { isUrlOf } from './queue-names';
import { Statement, statementsOfAll } from '../policy/policy';
import { Mentions, notKnownWhom } from '../rules/mentions';
import { fail, Verdict } from '../rules/rule';
import { notKnown } from '../rules/values';
import { memoize } from '../template/memoize';
import { Read, Unknown } from '../template/read';
import type { TemplateResource } from '../template/template';

const POLICIES = ['AWS::SQS::QueuePolicy', 'AWS::SQS::QueueInlinePolicy'];

/** Which policies name which queue. */
const policies = memoize((template) => new Mentions(template.everyOfType(...POLICIES).map((by) => ({ by, values: () => queuesOf(by) })), ['AWS::SQS::Queue']));

/** The URLs of a policy's queues. */
export function queuesOf(policy: TemplateResource): readonly Read[] {
  return policy.get(policy.type === 'AWS::SQS::QueueInlinePolicy' ? 'Queue' : 'Queues').items();
}

/** The policies that name a queue of the template for certain, and those that may. */
export const policiesOf = (queue: TemplateResource) => policies(queue.owner).of(queue, (url) => isUrlOf(queue, url));

/** The same; a queue that is imported may be any. */
export const policiesThatMayName = (queue: TemplateResource) => policies(queue.owner).of(queue, (url) => (url.kind === 'unknown' && url.source === 'import' ? undefined : isUrlOf(queue, url)));

/** Judges the statements of all policies of a queue together; a queue without one fails. */
export function judgePolicies(queue: TemplateResource, check: (statements: Statement[]) => Verdict): Verdict {
  const { certain, possible } = policiesOf(queue);
  const statements = statementsOfAll(certain.map(({ by }) => by));
  if (statements instanceof Unknown) { return notKnown(statements); }
  if (statements) { return check(statements); }
  const [first] = possible;
  return first ? notKnownWhom(first.mention.by, first.value) : fail('it has no queue policy');
}
