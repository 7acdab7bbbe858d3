import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import { EncryptedBucket, EncryptedLogGroup, EncryptedQueue, EncryptedSecret, EncryptedTable, EncryptedTopic, TopicPublisher } from '../../src';
import { ENV, stack } from '../support/stack';

const scope = stack(ENV);
const table = new EncryptedTable(scope, 'Table', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } });
const topic = new EncryptedTopic(scope, 'Topic');
const queue = new EncryptedQueue(scope, 'Queue');
const secret = new EncryptedSecret(scope, 'Secret');
const bucket = new EncryptedBucket(scope, 'Bucket');
const logGroup = new EncryptedLogGroup(scope, 'LogGroup');

const under = (condition: Record<string, unknown>) => new iam.AnyPrincipal().withConditions({ StringLike: condition });
const LIMIT_NOBODY: Record<string, iam.IPrincipal> = {
  'everybody': new iam.AnyPrincipal(),
  'whoever has a tag': under({ 'aws:PrincipalTag/team': 'orders' }),
  'any organization': under({ 'aws:PrincipalOrgID': 'o-*' }),
  'a role of any account': under({ 'aws:PrincipalArn': 'arn:aws:iam::*:role/Admin' }),
  'every account': new iam.AccountPrincipal('*'),
};
const LIMITED = [new iam.AccountPrincipal('444455556666'), new iam.OrganizationPrincipal('o-a1b2c3d4e5'), under({ 'aws:SourceVpce': 'vpce-1a2b3c4d' })];

describe.each([
  ['TablePolicyIsPublic', table, 'dynamodb:GetItem', (grantee: iam.IPrincipal) => table.grantReadData(grantee)],
  ['TopicPolicyIsPublic', topic, 'sns:Publish', (grantee: iam.IPrincipal) => topic.grantPublish(grantee)],
  ['QueuePolicyIsPublic', queue, 'sqs:SendMessage', (grantee: iam.IPrincipal) => queue.grantSendMessages(grantee)],
  ['SecretPolicyIsPublic', secret, 'secretsmanager:GetSecretValue', (grantee: iam.IPrincipal) => secret.grantRead(grantee)],
  ['BucketPolicyIsPublic', bucket, 's3:GetObject', (grantee: iam.IPrincipal) => bucket.grantRead(grantee)],
  ['LogGroupPolicyIsPublic', logGroup, 'logs:PutLogEvents', (grantee: iam.IPrincipal) => logGroup.grantWrite(grantee)],
] as const)('%s', (code, resource, action, grant) => {
  const allow = (principal: iam.IPrincipal) => new iam.PolicyStatement({ principals: [principal], actions: [action], resources: ['*'] });

  test.each(Object.entries(LIMIT_NOBODY))('is an error for %s', (_, principal) => {
    expect(() => resource.addToResourcePolicy(allow(principal))).toThrow(new RegExp(`^Stack/\\w+: '\\w+' cannot allow .* of any account may call ${action}.* Name the accounts or roles.* \\[${code}\\]$`));
  });

  test('is an error for a grant to everybody', () => { expect(() => grant(new iam.AnyPrincipal())).toThrow(/\[(\w+PolicyIsPublic|GranteeIsEverybody)\]$/); });

  test('is no error for who is limited, nor for a Deny', () => {
    for (const principal of LIMITED) { expect(() => resource.addToResourcePolicy(allow(principal))).not.toThrow(); }
    expect(() => resource.addToResourcePolicy(new iam.PolicyStatement({ effect: iam.Effect.DENY, principals: [new iam.AnyPrincipal()], actions: [action], resources: ['*'] }))).not.toThrow();
  });
});

test.each(Object.entries(LIMIT_NOBODY))('allowPublishFrom refuses %s', (_, principal) => {
  expect(() => topic.allowPublishFrom(TopicPublisher.role(principal))).toThrow(/^Stack\/Topic: allowPublishFrom\(\) cannot have .* of any account may call sns:Publish.* \[PublisherIsEverybody\]$/);
});

test('allowPublishFrom refuses a service that acts for whoever uses it, and takes what is limited', () => {
  const service = new iam.ServicePrincipal('budgets.amazonaws.com');
  expect(() => topic.allowPublishFrom(TopicPublisher.role(service))).toThrow(/budgets.amazonaws.com, for whoever uses it, may call sns:Publish.* \[PublisherIsEverybody\]$/);
  for (const publisher of [TopicPublisher.budgets(), TopicPublisher.eventBridge(), TopicPublisher.account('444455556666'), TopicPublisher.role(new iam.Role(scope, 'Role', { assumedBy: service }))]) {
    expect(() => topic.allowPublishFrom(publisher)).not.toThrow();
  }
});

test('a table refuses a policy for everybody as prop, its own and that of a replica', () => {
  const resourcePolicy = () => new iam.PolicyDocument({ statements: [new iam.PolicyStatement({ principals: [new iam.AnyPrincipal()], actions: ['dynamodb:GetItem'], resources: ['*'] })] });
  const props = { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } };
  expect(() => new EncryptedTable(stack(ENV), 'Table', { ...props, resourcePolicy: resourcePolicy() })).toThrow(/^Stack\/Table: 'resourcePolicy' cannot allow .* \[TablePolicyIsPublic\]$/);
  expect(() => table.addReplica({ region: 'eu-west-1', resourcePolicy: resourcePolicy() })).toThrow(/'resourcePolicy' cannot allow .* \[TablePolicyIsPublic\]$/);
});
