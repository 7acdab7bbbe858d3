import { Aws, CfnResource, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import { toPolicyStatement, withTokens } from './statements';
import type { KeyStatement } from '../flows/needs';
import { addToDocument, isDocument } from '../private/policy-document';
import { freeSid } from '../private/sids';

type Json = Record<string, unknown>;

/** Adds a statement to the policy of a key: through its L2, which keeps the policy small, or to the document of the L1. False where neither can be. */
export function addToKeyPolicy(key: CfnResource, wanted: KeyStatement): boolean {
  const statement = toPolicyStatement(wanted, key);
  const l2 = key.node.scope as Partial<iam.IResourceWithPolicyV2> | undefined;
  const ownsIt = key.node.scope?.node.defaultChild === key;
  if (ownsIt && typeof l2?.addToResourcePolicy === 'function') {
    statement.sid = freeSid(wanted.sid, new Set(sidsOf(key, 'keyPolicy')));
    return l2.addToResourcePolicy(statement).statementAdded;
  }
  const l1 = key as unknown as Json;
  l1.keyPolicy ??= { Version: '2012-10-17', Statement: [accountRoot(key)] };
  statement.sid = freeSid(wanted.sid, new Set(sidsOf(key, 'keyPolicy')));
  return addToDocument(l1, 'keyPolicy', statement);
}

/** What KMS gives a key without a policy. */
function accountRoot(scope: IConstruct): Json {
  return { Effect: 'Allow', Principal: { AWS: `arn:${Aws.PARTITION}:iam::${Stack.of(scope).account}:root` }, Action: 'kms:*', Resource: '*' };
}

function sidsOf(resource: CfnResource, property: string): string[] {
  const document = (resource as unknown as Json)[property];
  const json = isDocument(document) ? document.toJSON() : document;
  return [(json as { Statement?: unknown })?.Statement ?? []].flat().flatMap((statement) => (statement as { Sid?: string }).Sid ?? []);
}

export interface KeyUse {
  readonly actions: readonly string[];
  readonly keyArn: string;
  readonly viaService: string;
}

/** Lets whoever has an identity policy use a key through a service, in that same policy. False where it cannot be changed. */
export function addToIdentityPolicy(policy: CfnResource, { actions, keyArn, viaService }: KeyUse): boolean {
  const statement = new iam.PolicyStatement({ actions: [...actions], resources: [keyArn], conditions: { StringEquals: { 'kms:ViaService': withTokens(viaService) } } });
  const l2 = policy.node.scope as Partial<iam.IIdentity> | undefined;
  if (/^AWS::IAM::(Role|User|Group)$/.test(policy.cfnResourceType)) {
    return typeof l2?.addToPrincipalPolicy === 'function' ? l2.addToPrincipalPolicy(statement).statementAdded : addInline(policy, statement);
  }
  return addToDocument(policy as unknown as Json, 'policyDocument', statement);
}

function addInline(identity: CfnResource, statement: iam.PolicyStatement): boolean {
  const l1 = identity as unknown as { policies?: unknown };
  const policies = l1.policies ?? [];
  if (!Array.isArray(policies)) { return false; }
  l1.policies = [...policies, { policyName: `EncryptionKey${policies.length + 1}`, policyDocument: new iam.PolicyDocument({ statements: [statement] }) }];
  return true;
}
