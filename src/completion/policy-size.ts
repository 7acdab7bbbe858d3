import { CfnResource, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import type { StageModel } from './read-stage';
import { allowedIn } from '../flows/finders';
import { nameOf } from '../flows/flow';
import type { IdentityPolicy } from '../flows/identity-policies';
import { INLINE_POLICIES_LIMIT, MANAGED_POLICY_LIMIT } from '../statements/policy-limits';
import type { TemplateResource } from '../template/template';

/** How long what only the deployment knows is taken to be: a name, and an ARN. */
const NAME_LENGTH = 30;
const ARN_LENGTH = 75;
const PSEUDO: Readonly<Record<string, number>> = { 'AWS::AccountId': 12, 'AWS::Region': 14, 'AWS::Partition': 3, 'AWS::URLSuffix': 13 };

/** About how many characters a document has when it is deployed, as JSON without white space. */
export function deployedLength(json: unknown): number {
  if (Array.isArray(json)) { return 1 + json.reduce((sum: number, each) => sum + 1 + deployedLength(each), 0); }
  if (typeof json !== 'object' || json === null) { return JSON.stringify(json)?.length ?? 0; }
  const [[name, argument] = ['', undefined], ...others] = Object.entries(json);
  if (others.length === 0 && name === 'Ref') { return 2 + (PSEUDO[argument] ?? NAME_LENGTH); }
  if (others.length === 0 && name === 'Fn::Join') { return 2 + (argument[1] as unknown[]).reduce((sum: number, part) => sum + deployedLength(part) - 2, 0); }
  if (others.length === 0 && name.startsWith('Fn::')) { return 2 + ARN_LENGTH; }
  return 1 + Object.entries(json).reduce((sum, [key, value]) => sum + key.length + 4 + deployedLength(value), 0);
}

/** The length of a document of the CDK, merged as it will be; the document itself can still be added to. */
export function documentLength(document: unknown, scope: IConstruct): number {
  const json = (document as Partial<iam.PolicyDocument> | undefined)?.toJSON?.() ?? document;
  return deployedLength(Stack.of(scope).resolve(asMerged(json)));
}

function asMerged(json: unknown): unknown {
  try {
    return iam.PolicyDocument.fromJson(json);
  } catch {
    return json;
  }
}

/** What the identity policies of a Stage have room for. What is added is kept in mind: the model does not know of it. */
export class IdentityRoom {
  private readonly added = new Map<TemplateResource, number>();

  constructor(private readonly model: StageModel) {}

  /** Why a statement of some length has no room in a policy; `undefined` where it has. */
  public missing(policy: TemplateResource, holders: readonly TemplateResource[], length: number): string | undefined {
    if (policy.type === 'AWS::IAM::ManagedPolicy') {
      return this.tooLong(`The managed policy ${nameOf(policy)}`, [policy], MANAGED_POLICY_LIMIT, length);
    }
    for (const holder of holders) {
      const inline = (allowedIn(this.model.estate).policiesOf.get(holder) ?? []).filter(({ policy: { type } }) => type !== 'AWS::IAM::ManagedPolicy');
      const limit = INLINE_POLICIES_LIMIT[holder.type];
      const policies = [...new Set(inline.map((each) => each.policy))];
      const why = limit === undefined ? undefined : this.tooLong(`The inline policies of ${nameOf(holder)}`, policies, limit, length, inline);
      if (why) { return why; }
    }
    return undefined;
  }

  public add(policy: TemplateResource, length: number): void {
    this.added.set(policy, (this.added.get(policy) ?? 0) + length);
  }

  private tooLong(
    what: string, policies: readonly TemplateResource[], limit: number, length: number, known?: readonly IdentityPolicy[],
  ): string | undefined {
    const before = policies.reduce((sum, policy) => sum + (this.added.get(policy) ?? 0), 0);
    // Few come near the limit: the others are not rendered for this.
    if (known && known.reduce((sum, { statements }) => sum + roughLength(statements), 0) + before + length < limit / 2) { return undefined; }
    const total = policies.reduce((sum, policy) => sum + this.lengthOf(policy), 0) + before + length;
    return total > limit ? `${what} would have about ${total} characters with it, and IAM takes ${limit}` : undefined;
  }

  private lengthOf(policy: TemplateResource): number {
    const construct = this.model.constructOf(policy);
    const { policyDocument, policies } = (construct ?? {}) as { readonly policyDocument?: unknown; readonly policies?: unknown };
    if (!construct) { return 0; }
    const inline = Array.isArray(policies) ? policies.map((each: { readonly policyDocument?: unknown }) => each.policyDocument) : [];
    return [policyDocument, ...inline].filter(Boolean).reduce((sum: number, document) => sum + documentLength(document, construct), 0);
  }
}

/** What the texts of statements have together, with what refers to something counted as it is written. */
function roughLength(statements: IdentityPolicy['statements']): number {
  return statements.reduce((sum, { actions, resources, conditions }) => sum + JSON.stringify([actions, resources, conditions]).length + 60, 0);
}

/** The length of a policy of a key, bucket or queue. */
export function policyLength(resource: CfnResource, property: string): number {
  return documentLength((resource as unknown as Record<string, unknown>)[property], resource);
}
