import { servicesActForOurs } from '../../rules/resource-policies';
import { DATA_ACCESS, Rule } from '../../rules/rule';
import { TOPIC_EXAMPLES } from '../policy-examples';
import { TOPIC_POLICY } from '../policy-questions';

/**
 * The SNS guide says that EventBridge sends no source conditions to topics under a key, EventBridge's own page that it does: a topic that asks for one
 * may get nothing.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
 */
const SENDS_NO_SOURCE = /^events\.amazonaws\.com$/;

const OF_S3 = TOPIC_EXAMPLES.serviceSource('s3.amazonaws.com');

export const rule: Rule = {
  id: 'Encryption-SnsTopicServiceSource',
  severity: 'warning',
  guards: 'access',
  resourceTypes: ['AWS::SNS::TopicPolicy', 'AWS::SNS::TopicInlinePolicy'],
  info: 'A topic policy should say for whom an AWS service acts.',
  why: 'Without a source condition somebody else\'s bucket, alarm or rule can have the service publish (confused deputy).',
  fix: 'Add aws:SourceAccount or aws:SourceArn.',
  see: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html',
  controls: DATA_ACCESS,
  examples: {
    wrong: {
      ...OF_S3.wrong,
      'for every source of every account': TOPIC_EXAMPLES.allowing('{Service: s3.amazonaws.com}', undefined, "{ArnLike: {aws:SourceArn: 'arn:aws:s3:*:*:*'}}"),
    },
    right: {
      ...OF_S3.right,
      'for one resource': TOPIC_EXAMPLES.allowing('{Service: s3.amazonaws.com}', undefined, "{ArnLike: {aws:SourceArn: 'arn:aws:s3:::uploads'}}"),
    },
  },
  check: servicesActForOurs(TOPIC_POLICY, SENDS_NO_SOURCE),
};
