import { Estate } from './estate';
import { allowedIn } from './finders';
import type { Flow, FlowDeclaration, Found, Party } from './flow';
import { isDocumented } from './needs';
import { ATHENA_FLOWS } from '../athena/flows';
import { BUDGETS_FLOWS } from '../budgets/flows';
import { CLOUDFRONT_FLOWS } from '../cloudfront/flows';
import { CLOUDTRAIL_FLOWS } from '../cloudtrail/flows';
import { CLOUDWATCH_FLOWS } from '../cloudwatch/flows';
import { CODEBUILD_FLOWS } from '../codebuild/flows';
import { CODEPIPELINE_FLOWS } from '../codepipeline/flows';
import { CONFIG_FLOWS } from '../config/flows';
import { DMS_FLOWS } from '../dms/flows';
import { EC2_FLOWS } from '../ec2/flows';
import { ELBV2_FLOWS } from '../elasticloadbalancingv2/flows';
import { EVENTS_FLOWS } from '../events/flows';
import { GLUE_FLOWS } from '../glue/flows';
import { GUARDDUTY_FLOWS } from '../guardduty/flows';
import { IAM_FLOWS } from '../iam/flows';
import { LOGS_FLOWS } from '../logs/flows';
import { MACIE_FLOWS } from '../macie/flows';
import { REDSHIFT_FLOWS } from '../redshift/flows';
import { S3_FLOWS } from '../s3/flows';
import { SES_FLOWS } from '../ses/flows';
import { SNS_FLOWS } from '../sns/flows';

/** Services that a resource policy allows, and of which AWS does not document what they need of a key. */
const OTHER_SERVICES: FlowDeclaration = {
  id: 'OtherServices',
  service: 'Other AWS services',
  what: 'whatever a resource policy allows an AWS service to write or read',
  kind: 'bucket',
  direction: 'write',
  types: [],
  foundBy: 'a bucket, queue or topic policy that names a service that is not in this table',
  principal: 'as in the policy',
  sends: 'not documented',
  needs: 'not documented: a warning shows a statement with `aws:SourceAccount` to try',
  becomes: 'warned',
  see: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html#cross-service-confused-deputy-prevention',
  find: (estate) => allowedIn(estate).byResourcePolicies.filter(({ party }) => party.kind === 'service' && !isDocumented(party)),
};

/** Every flow that this library knows, service by service. */
export const FLOWS: readonly FlowDeclaration[] = [
  ...S3_FLOWS, ...SNS_FLOWS, ...EVENTS_FLOWS, ...CLOUDWATCH_FLOWS, ...CLOUDTRAIL_FLOWS, ...EC2_FLOWS, ...LOGS_FLOWS, ...CONFIG_FLOWS, ...SES_FLOWS,
  ...CLOUDFRONT_FLOWS, ...ELBV2_FLOWS, ...ATHENA_FLOWS, ...CODEBUILD_FLOWS, ...CODEPIPELINE_FLOWS, ...GLUE_FLOWS, ...DMS_FLOWS,
  ...REDSHIFT_FLOWS, ...GUARDDUTY_FLOWS, ...MACIE_FLOWS, ...BUDGETS_FLOWS, ...IAM_FLOWS, OTHER_SERVICES,
];

/** The resource types that must be read to find all flows. */
export const FLOW_TYPES: ReadonlySet<string> = new Set([
  'AWS::S3::Bucket', 'AWS::S3::BucketPolicy', 'AWS::SQS::Queue', 'AWS::SQS::QueuePolicy', 'AWS::SQS::QueueInlinePolicy', 'AWS::SNS::Topic', 'AWS::SNS::TopicPolicy',
  'AWS::SNS::TopicInlinePolicy', 'AWS::KMS::Key', 'AWS::KMS::ReplicaKey', 'AWS::KMS::Alias', ...FLOWS.flatMap(({ types }) => types),
]);

/** All flows of an estate, each once. */
export function flowsOf(estate: Estate): Flow[] {
  const seen = new Set<string>();
  const ids = new Map<object, number>();
  const id = (object: object) => ids.get(object) ?? (ids.set(object, ids.size), ids.size - 1);
  return FLOWS.flatMap((declaration) => declaration.find(estate).map((found): Flow => ({ ...found, party: withoutOwnAccount(found), declaration })))
    .filter((flow) => {
      const key = [id(flow.target), flow.direction, partyKey(flow.party, id), flow.upload ? id(flow.by) : ''].join(' ');
      return !seen.has(key) && seen.add(key);
    });
}

function withoutOwnAccount({ party, target }: Found): Party {
  return party.kind === 'service' && party.account === target.owner.surroundings.account ? { ...party, account: undefined } : party;
}

function partyKey(party: Party, id: (object: object) => number): string {
  switch (party.kind) {
    case 'service': return `${party.service} ${party.account ?? ''}`;
    case 'identity': return `policy ${id(party.policy)} ${party.holders.map(id).join(',')}`;
    case 'principal': return `${party.arn} ${JSON.stringify(party.conditions)}`;
    case 'outside': return `outside ${party.name}`;
  }
}
