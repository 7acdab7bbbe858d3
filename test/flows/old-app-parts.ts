import * as cdk from 'aws-cdk-lib';

/** The classes that an app makes: plain ones, or those of the library. */
export interface Make {
  readonly Bucket: typeof cdk.aws_s3.Bucket;
  readonly Queue: typeof cdk.aws_sqs.Queue;
  readonly Topic: typeof cdk.aws_sns.Topic;
  /** A table, which the role that CloudFormation deploys with makes. */
  readonly table: (scope: cdk.Stack, id: string) => unknown;
  /** A bucket that is replicated. */
  readonly replicated: (scope: cdk.Stack, id: string, destination: cdk.aws_s3.Bucket) => unknown;
}

export const partitionKey = { name: 'id', type: cdk.aws_dynamodb.AttributeType.STRING };

/** The app as it was. */
export const PLAIN: Make = {
  Bucket: cdk.aws_s3.Bucket,
  Queue: cdk.aws_sqs.Queue,
  Topic: cdk.aws_sns.Topic,
  table: (scope, id) => new cdk.aws_dynamodb.TableV2(scope, id, { partitionKey }),
  replicated: (scope, id, destination) => new cdk.aws_s3.Bucket(scope, id, { versioned: true, replicationRules: [{ destination }] }),
};

/** A flow of the old app, and who must be named where it does not work any more. */
export interface OldFlow {
  readonly name: string;
  readonly ask: (world: any) => Promise<string | undefined>;
  readonly told: RegExp;
}

export type Declare = (name: string, told: RegExp, ask: OldFlow['ask']) => void;

export const MAIN = { account: '111122223333', region: 'us-east-1' };
export const EUROPE = { account: '111122223333', region: 'eu-west-1' };
export const THEIRS = { account: '444455556666', region: 'us-east-1' };

const code = cdk.aws_lambda.Code.fromInline('x');
export const fn = (scope: cdk.Stack, id: string, props: object = {}) =>
  new cdk.aws_lambda.Function(scope, id, { runtime: cdk.aws_lambda.Runtime.NODEJS_22_X, handler: 'i.h', code, ...props });
export const role = (scope: cdk.Stack, id: string, service: string, props: object = {}) =>
  new cdk.aws_iam.Role(scope, id, { assumedBy: new cdk.aws_iam.ServicePrincipal(service), ...props });
export const may = (actions: string[], ...resources: string[]) => new cdk.aws_iam.PolicyStatement({ actions, resources });
/** Whom a service acts for. */
export const by = (arn: string, account = MAIN.account) => ({ arn, account });
