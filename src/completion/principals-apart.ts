import { CfnResource, Resource, Stack, Stage } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct, IConstruct } from 'constructs';
import { statementsOf } from './statement-order';
import { waitsFor } from '../private/stack-order';

const POLICIES = ['AWS::S3::BucketPolicy', 'AWS::SQS::QueuePolicy', 'AWS::SNS::TopicPolicy'];

/**
 * Names roles of other accounts by their account and a condition, where their stack waits for the stack of the policy: S3, SQS and SNS refuse a
 * policy that names a role that does not exist yet, so neither stack could be the first.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-accounts
 */
export function nameByConditionWhatComesLater(construct: IConstruct): void {
  if (CfnResource.isCfnResource(construct) && POLICIES.includes(construct.cfnResourceType)) {
    const statements = statementsOf(construct);
    statements.splice(0, statements.length, ...statements.flatMap((statement) => byCondition(statement, Stack.of(construct))));
  }
  construct.node.children.filter((child) => !Stage.isStage(child)).forEach(nameByConditionWhatComesLater);
}

function byCondition(statement: iam.PolicyStatement, stack: Stack): iam.PolicyStatement[] {
  const conditions: Record<string, Record<string, unknown>> = statement.conditions;
  const later = statement.principals.filter((principal) => comesLater(principal, stack));
  if (later.length === 0 || conditions.ArnEquals?.['aws:PrincipalArn'] !== undefined) { return [statement]; }
  const others = statement.principals.filter((principal) => !later.includes(principal));
  const accounts = new Set(later.map(accountOf));
  return [
    ...(others.length > 0 ? [statement.copy({ principals: others })] : []),
    ...[...accounts].map((account, index) => statement.copy({
      // No two statements have one name.
      sid: others.length + index > 0 ? undefined : statement.sid,
      principals: [new iam.AccountPrincipal(account)],
      conditions: { ...conditions, ArnEquals: { ...conditions.ArnEquals, 'aws:PrincipalArn': arnsIn(account, later) } },
    })),
  ];
}

const accountOf = (principal: iam.IPrincipal) => Stack.of(principal as unknown as IConstruct).account;

/** One as text, as CloudFormation writes it back. */
function arnsIn(account: string, principals: readonly iam.IPrincipal[]): string | string[] {
  const ofAccount = principals.filter((principal) => accountOf(principal) === account);
  const arns = ofAccount.flatMap(({ policyFragment }) => policyFragment.principalJson.AWS ?? []);
  return arns.length === 1 ? arns[0] : arns;
}

/** Whether a principal is a role or user of this app, in another account, whose stack waits for a stack. */
function comesLater(principal: iam.IPrincipal, stack: Stack): boolean {
  const construct: unknown = principal;
  return Construct.isConstruct(construct) && Resource.isOwnedResource(construct)
    && Stack.of(construct).account !== stack.account && waitsFor(Stack.of(construct), stack);
}
