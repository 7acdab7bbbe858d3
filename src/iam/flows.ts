import { allowedIn } from '../flows/finders';
import type { FlowDeclaration, Kind } from '../flows/flow';

/** What identity policies give access to. */
type Named = Exclude<Kind, 'volume'>;

const NOUN: Record<Named, string> = { bucket: 'objects', queue: 'messages', topic: 'messages', table: 'items', secret: 'values', logGroup: 'events', stream: 'records' };
const SEE: Record<Named, string> = {
  bucket: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html#require-sse-kms',
  queue: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html#sqs-what-permissions-for-sse',
  topic: 'https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#sns-what-permissions-for-sse',
  table: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html#dynamodb-kms-authz',
  secret: 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html#security-encryption-authz',
  logGroup: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html',
  stream: 'https://docs.aws.amazon.com/streams/latest/dev/permissions-user-key-KMS.html',
};

const identities = (kind: Named): FlowDeclaration => ({
  id: `Identities${kind.charAt(0).toUpperCase()}${kind.slice(1)}`,
  service: 'Roles, users and groups',
  what: `whoever may write or read ${NOUN[kind]} by an identity policy: Lambda dead letters, destinations and event sources, Firehose, Scheduler, Pipes, ECS, Glue, Step Functions, AWS Backup, applications`,
  kind,
  direction: 'write',
  types: ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::RolePolicy', 'AWS::IAM::UserPolicy', 'AWS::IAM::GroupPolicy', 'AWS::IAM::Role', 'AWS::IAM::User', 'AWS::IAM::Group'],
  foundBy: `any identity policy that names the ${kind}`,
  principal: 'the role, user or group',
  sends: 'nothing',
  needs: 'in the same policy, through the service only (`kms:ViaService`): `kms:Decrypt`, and `kms:GenerateDataKey` to write',
  becomes: 'completed',
  see: SEE[kind],
  find: (estate) => allowedIn(estate).byIdentityPolicies.filter((flow) => flow.kind === kind),
});

const principals = (kind: Named): FlowDeclaration => ({
  id: `OtherAccounts${kind.charAt(0).toUpperCase()}${kind.slice(1)}`,
  service: 'Other accounts',
  what: `an account, organization or role that the ${kind}'s policy allows to write or read ${NOUN[kind]}`,
  kind,
  direction: 'write',
  types: [],
  foundBy: `a ${kind} policy that names another account`,
  principal: 'as in the policy',
  sends: 'nothing',
  needs: 'in the key policy, through the service only (`kms:ViaService`), and in the policies of the other account: `kms:Decrypt`, and `kms:GenerateDataKey` to write',
  becomes: 'completed',
  see: 'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html',
  find: (estate) => allowedIn(estate).byResourcePolicies.filter((flow) => flow.kind === kind && (flow.party.kind === 'principal' || flow.party.kind === 'identity')),
});

export const FLOWS: readonly FlowDeclaration[] = (['bucket', 'queue', 'topic', 'table', 'secret', 'stream'] as const).flatMap((kind) => [identities(kind), principals(kind)]);
