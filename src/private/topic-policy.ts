import { CfnResource, Stack, Token } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { referenceIn } from './place';
import { addToResourcePolicyOf, isOfLibrary, markOfLibrary } from './resource-policy';

type Json = Record<string, unknown>;

/** Policies that the app has for a topic in the topic's stack, whoever made them. */
export function topicPoliciesOf(topic: CfnResource): CfnResource[] {
  return Stack.of(topic).node.findAll().filter((each): each is CfnResource => CfnResource.isCfnResource(each)
    && each.cfnResourceType === 'AWS::SNS::TopicPolicy' && topicsOf(each).some((arn) => referenceIn(arn)?.target === topic));
}

function topicsOf(policy: CfnResource): string[] {
  const { topics } = policy as unknown as { readonly topics?: unknown };
  return Array.isArray(topics) ? topics.filter((arn): arn is string => typeof arn === 'string') : [];
}

/** Adds a statement to the policy that the app has for a topic: SNS keeps only the last policy that it is given. */
export function addToTopicPolicy(topic: CfnResource, statement: iam.PolicyStatement): void {
  const [policy] = topicPoliciesOf(topic);
  if (policy && addToDocument(policy as unknown as Json, statement)) { markOfLibrary(statement); } else { addToResourcePolicyOf(topic, statement); }
}

function addToDocument(policy: Json, statement: iam.PolicyStatement): boolean {
  const { policyDocument: document } = policy;
  if (typeof (document as Partial<iam.PolicyDocument> | undefined)?.addStatements === 'function') {
    (document as iam.PolicyDocument).addStatements(statement);
    return true;
  }
  if (typeof document !== 'object' || document === null || Token.isUnresolved(document)) { return false; }
  policy.policyDocument = { ...document, Statement: [...statementsIn(document), statement.toJSON()] };
  return true;
}

const statementsIn = (document: object): unknown[] => [(document as Json).Statement ?? []].flat();

/** Sids that this library gives to statements of topic policies. */
const OURS = /^(DenyPlainHttp|PublishFrom[A-Za-z0-9]+)$/;

/** Whether every statement of a topic's policy comes from this library: without it, the topic had SNS's default policy. */
export function hasOnlyOurStatements(policy: CfnResource): boolean {
  const { policyDocument: document } = policy as unknown as Json;
  const { statements } = (document ?? {}) as { readonly statements?: iam.PolicyStatement[] };
  if (Array.isArray(statements)) { return statements.every(isOfLibrary); }
  return typeof document === 'object' && document !== null && !Token.isUnresolved(document)
    && statementsIn(document).every((statement) => OURS.test(String((statement as Json).Sid)));
}
