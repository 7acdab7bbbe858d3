import { policiesOf } from './topic-relations';
import { askPastDenials } from '../policy/asked';
import { placeOf, policyOf } from '../policy/from-template';
import { physicalName } from '../policy/physical-names';
import { OVER_PLAIN_HTTP } from '../rules/denials';
import { notKnownWhom } from '../rules/mentions';
import { Check, fail, PASS, undetermined } from '../rules/rule';

/** What a topic does with data: the rest are its settings, which AWS's own example leaves alone. */
const PUBLISHES = ['sns:Publish'];

/** Whether no publication over plain HTTP gets past what all policies of a topic deny. */
export const publishesOverTlsOnly: Check = (topic) => {
  const place = placeOf(topic.owner);
  const { certain, possible } = policiesOf(topic);
  const statements = certain.flatMap(({ by }) => policyOf(by, 'PolicyDocument') ?? []);
  const guarded = { statements, account: place.account, resources: [physicalName(topic, 'TopicArn', place)], actions: PUBLISHES };
  const [given] = OVER_PLAIN_HTTP;
  const { answer, ...found } = askPastDenials(guarded, given);
  if (answer === 'no') { return PASS; }
  const [other] = possible;
  if (other) { return notKnownWhom(other.mention.by, other.value); }
  if (answer === 'unknown' && 'reason' in found) { return undetermined(found.reason); }
  return fail(statements.some(({ effect }) => effect === 'Deny') ? 'its policy does not deny publishing over plain HTTP to everybody' : 'no statement of its policy denies publishing over plain HTTP');
};
