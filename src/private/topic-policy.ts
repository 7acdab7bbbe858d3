import { CfnResource, Token } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { statementsIn } from './policy-document';
import { isOfLibrary } from './resource-policy';

/** Sids that this library gives to statements of topic policies. */
const OURS = /^(DenyPlainHttp|PublishFrom[A-Za-z0-9]+)\d*$/;

/** Whether every statement of a topic's policy comes from this library: without it, the topic had SNS's default policy. */
export function hasOnlyOurStatements(policy: CfnResource): boolean {
  const { policyDocument: document } = policy as unknown as Record<string, unknown>;
  const { statements } = (document ?? {}) as { readonly statements?: iam.PolicyStatement[] };
  if (Array.isArray(statements)) { return statements.every(isOfLibrary); }
  return typeof document === 'object' && document !== null && !Token.isUnresolved(document)
    && statementsIn(document).every((statement) => OURS.test(String((statement as { readonly Sid?: unknown } | undefined)?.Sid)));
}
