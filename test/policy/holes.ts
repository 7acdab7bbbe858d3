import { RULES } from '../../src/checks/rule-table';
import { Template } from '../../src/template/template';

export type Kind = 'key' | 'bucket' | 'queue' | 'topic' | 'secret' | 'table' | 'log group' | 'access point';
type Statement = Record<string, unknown>;

/** What uses something of each kind, and its ARN. */
export const USES: Record<Kind, readonly [action: string, resource: string]> = {
  'key': ['kms:Decrypt', '*'],
  'bucket': ['s3:GetObject', 'arn:aws:s3:::orders/*'],
  'access point': ['s3:GetObject', '*'],
  'queue': ['sqs:SendMessage', '*'],
  'topic': ['sns:Publish', '*'],
  'secret': ['secretsmanager:GetSecretValue', '*'],
  'table': ['dynamodb:GetItem', '*'],
  'log group': ['logs:FilterLogEvents', '*'],
};

const OWN = { Effect: 'Allow', Principal: { AWS: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:root' } }, Action: 'kms:*', Resource: '*' };

const TEMPLATES: Record<Kind, (statements: Statement[]) => Record<string, unknown>> = {
  'key': (own) => ({ Type: 'AWS::KMS::Key', Properties: { KeyPolicy: { Statement: [OWN, ...own] } } }),
  'bucket': (own) => ({ Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: 'orders', PolicyDocument: { Statement: own } } }),
  'access point': (own) => ({ Type: 'AWS::S3::AccessPoint', Properties: { Bucket: 'orders', Policy: { Statement: own } } }),
  'queue': (own) => ({ Type: 'AWS::SQS::QueuePolicy', Properties: { Queues: ['https://sqs.eu-west-1.amazonaws.com/111122223333/orders'], PolicyDocument: { Statement: own } } }),
  'topic': (own) => ({ Type: 'AWS::SNS::TopicPolicy', Properties: { Topics: ['t'], PolicyDocument: { Statement: own } } }),
  'secret': (own) => ({ Type: 'AWS::SecretsManager::ResourcePolicy', Properties: { SecretId: 's', ResourcePolicy: { Statement: own } } }),
  'table': (own) => ({ Type: 'AWS::DynamoDB::Table', Properties: { ResourcePolicy: { PolicyDocument: { Statement: own } } } }),
  'log group': (own) => ({ Type: 'AWS::Logs::LogGroup', Properties: { ResourcePolicyDocument: { Statement: own } } }),
};

/** What rules about access say of a policy: ids without their prefix, `?` behind those that are undetermined. */
export function saidOf(kind: Kind, statements: Statement[], about = /./): string[] {
  return rulesSay(about, new Template({ Parameters: { Parameter: { Type: 'String' } }, Resources: { R: TEMPLATES[kind](statements) } }));
}

/** The same of a template with one resource. */
export function rulesSay(about: RegExp, template: Template): string[] {
  const [resource] = template.all();
  return RULES.filter(({ id, resourceTypes, guards }) => resourceTypes.includes(resource.type) && guards !== 'operations' && about.test(id)).flatMap((rule) => {
    const { kind: verdict } = rule.check(resource);
    const id = rule.id.replace('Encryption-', '');
    return verdict === 'fail' ? [id] : verdict === 'undetermined' ? [`${id}?`] : [];
  });
}

/** An Allow for everybody of what uses it, with more or something else. */
export function everybody(kind: Kind, more: Statement): Statement {
  const [Action, Resource] = USES[kind];
  const { NotAction, NotPrincipal, NotResource } = more;
  return {
    Effect: 'Allow', ...(NotPrincipal ? {} : { Principal: '*' }), ...(NotAction ? {} : { Action }), ...(NotResource ? {} : { Resource }), ...more,
  };
}
