import { CfnElement, CfnResource, Tokenization } from 'aws-cdk-lib';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { TRUSTED_SERVICES } from '../flows/declarations';

/** Properties that are rendered by themselves: of these types nothing else matters here, and rendering all costs a part of each synth. */
const LIGHT: Readonly<Record<string, readonly string[]>> = {
  'AWS::IAM::Policy': ['PolicyDocument', 'Roles', 'Users', 'Groups'],
  'AWS::IAM::ManagedPolicy': ['PolicyDocument', 'Roles', 'Users', 'Groups'],
  'AWS::IAM::Role': ['RoleName', 'ManagedPolicyArns'],
  'AWS::KMS::Key': ['KeyPolicy'],
  'AWS::S3::BucketPolicy': ['Bucket', 'PolicyDocument'],
  'AWS::SQS::QueuePolicy': ['Queues', 'PolicyDocument'],
  'AWS::SQS::Queue': ['QueueName', 'KmsMasterKeyId'],
  'AWS::SNS::TopicPolicy': ['Topics', 'PolicyDocument'],
  'AWS::SNS::Topic': ['TopicName', 'KmsMasterKeyId', 'Subscription'],
  'AWS::Logs::LogGroup': ['LogGroupName', 'KmsKeyId'],
  'AWS::SecretsManager::Secret': ['Name', 'KmsKeyId'],
  'AWS::SNS::Subscription': ['TopicArn', 'Endpoint', 'Protocol', 'RedrivePolicy'],
};

/** What matters of a resource, not yet resolved; `undefined` where it has to be rendered as a whole. */
export function lightly(element: CfnElement, logicalId: string): object | undefined {
  if (!CfnResource.isCfnResource(element)) { return undefined; }
  const names = LIGHT[element.cfnResourceType];
  const l1 = element as unknown as Record<string, unknown> & { readonly rawOverrides?: object; readonly policies?: unknown };
  const inline = element.cfnResourceType === 'AWS::IAM::Role' && l1.policies !== undefined;
  if (!names || inline || Object.keys(l1.rawOverrides ?? {}).length > 0) { return undefined; }
  const read = element.cfnResourceType === 'AWS::IAM::Role' && mayTrustOneOf(TRUSTED_SERVICES, l1.assumeRolePolicyDocument) ? [...names, 'AssumeRolePolicyDocument'] : names;
  const Properties = Object.fromEntries(read.map((name) => [name, l1[name.charAt(0).toLowerCase() + name.slice(1)]]));
  return { Resources: { [logicalId]: { Type: element.cfnResourceType, Properties, Condition: element.cfnOptions.condition?.logicalId } } };
}

/** What of a principal says who it is. */
interface Named {
  readonly service?: string;
  readonly arn?: string;
}

/** Whether a role may be assumed by one of some services, as far as that is known without rendering its policy. */
function mayTrustOneOf(services: readonly string[], document: unknown): boolean {
  const { statements } = (document ?? {}) as { readonly statements?: readonly PolicyStatement[] };
  if (!statements) {
    const text = Tokenization.isResolvable(document) ? undefined : JSON.stringify(document) ?? '';
    return text === undefined || services.some((service) => text.includes(service));
  }
  return statements.some(({ principals }) => principals.some((principal) => {
    const { service, arn, wrapped } = principal as Named & { readonly wrapped?: Named };
    const name = service ?? wrapped?.service;
    return name === undefined ? arn === undefined : services.includes(name);
  }));
}
