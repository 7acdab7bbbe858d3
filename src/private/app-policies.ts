import { CfnResource, Stage, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { referenceIn } from './place';

/** Types of resource policies, with the property that names what they are for. */
const NAMES: Readonly<Record<string, string>> = {
  'AWS::S3::BucketPolicy': 'bucket',
  'AWS::SQS::QueuePolicy': 'queues',
  'AWS::SQS::QueueInlinePolicy': 'queue',
  'AWS::SNS::TopicPolicy': 'topics',
  'AWS::SNS::TopicInlinePolicy': 'topicArn',
};

/** The policies that the stacks of a Stage have for buckets, queues and topics, whoever made them: a service keeps one of them for each. */
export class AppPolicies {
  private readonly byTarget = new Map<unknown, CfnResource[]>();

  constructor(root: IConstruct) {
    this.read(root);
  }

  public of(resource: CfnResource): readonly CfnResource[] {
    const { bucketName } = resource as { readonly bucketName?: unknown };
    const byName = typeof bucketName === 'string' && !Token.isUnresolved(bucketName) ? this.byTarget.get(bucketName) ?? [] : [];
    return [...this.byTarget.get(resource) ?? [], ...byName];
  }

  private read(construct: IConstruct): void {
    const property = CfnResource.isCfnResource(construct) ? NAMES[construct.cfnResourceType] : undefined;
    if (property !== undefined) {
      for (const target of new Set(named(construct, property).map((name) => (typeof name === 'string' ? referenceIn(name)?.target ?? name : name)))) {
        this.byTarget.set(target, [...this.byTarget.get(target) ?? [], construct as CfnResource]);
      }
    }
    for (const child of construct.node.children) { if (!Stage.isStage(child)) { this.read(child); } }
  }
}

const named = (policy: IConstruct, property: string): unknown[] => [(policy as unknown as Record<string, unknown>)[property]].flat();

/** Whether a policy is for more than one queue or topic. */
export const isShared = (policy: CfnResource): boolean => named(policy, NAMES[policy.cfnResourceType]).length > 1;
