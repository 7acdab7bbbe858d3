import * as iam from 'aws-cdk-lib/aws-iam';
import { ADMINISTRATOR_ACTIONS, BREAK_GLASS_ACTIONS, DESTRUCTIVE_ACTIONS, GRANT_ACTIONS } from './actions';
import { hasConditions } from './principals';

/** In a key policy the resource is the key itself. */
const THIS_KEY = ['*'];

/**
 * Lets the account's own IAM policies decide who may do what with the key: what the KMS console does, and what keeps a
 * key manageable when every role that it names has been deleted.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html#key-policy-default-allow-root-enable-iam
 */
export function accountIdentities(): iam.PolicyStatement {
  return new iam.PolicyStatement({
    sid: 'AccountIdentities',
    principals: [new iam.AccountRootPrincipal()],
    actions: ['kms:*'],
    resources: THIS_KEY,
  });
}

/** Administrators manage the key and never use it. */
export function administrators(principals: iam.IPrincipal[]): iam.PolicyStatement[] {
  return perCondition('KeyAdministrators', principals, { actions: [...ADMINISTRATOR_ACTIONS] });
}

/** Users use the key, directly or through an AWS service that works by grants, and never manage it. */
export function users(principals: iam.IPrincipal[], actions: readonly string[]): iam.PolicyStatement[] {
  return perCondition('KeyUsers', principals, { actions: [...actions] });
}

/**
 * Users may let an AWS service use the key for a resource of theirs (an EBS volume, a database), and nobody else.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-grant-is-for-aws-resource
 */
export function usersGrants(principals: iam.IPrincipal[]): iam.PolicyStatement[] {
  return perCondition('KeyUsersGrantsForAwsResources', principals, {
    actions: [...GRANT_ACTIONS],
    conditions: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
  });
}

/** The Sid of the guard that `denyOtherGrants` makes. */
export const DENY_OTHER_GRANTS = 'DenyGrantsUnlessForAwsResources';

/**
 * Nobody creates a grant except for an AWS service. Grants are not seen in any policy, so a person who may create them
 * can hand out the key unnoticed. RDS, EBS and Auto Scaling create theirs for an AWS resource and go on working.
 *
 * The two conditions, this operator and nothing beside them is what AWS Control Tower's CT.KMS.PR.3 looks for; with
 * `except` the statement has a third condition, and that control then fails.
 *
 * @see https://docs.aws.amazon.com/controltower/latest/controlreference/kms-rules.html
 */
export function denyOtherGrants(except: string[] = []): iam.PolicyStatement {
  return new iam.PolicyStatement({
    sid: DENY_OTHER_GRANTS,
    effect: iam.Effect.DENY,
    principals: [new iam.AnyPrincipal()],
    actions: ['kms:CreateGrant'],
    resources: THIS_KEY,
    conditions: {
      BoolIfExists: { 'kms:GrantIsForAWSResource': 'false', 'aws:PrincipalIsAWSService': 'false' },
      ...(except.length > 0 && { ArnNotEquals: { 'aws:PrincipalArn': except } }),
    },
  });
}

/**
 * Break glass: only the named principals may disable the key, schedule its deletion or delete its imported material.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys-adding-permission.html
 */
export function breakGlass(principals: iam.IPrincipal[], arns: string[]): iam.PolicyStatement[] {
  return [
    ...perCondition('BreakGlass', principals, { actions: [...BREAK_GLASS_ACTIONS] }),
    new iam.PolicyStatement({
      sid: 'DenyDestructionUnlessBreakGlass',
      effect: iam.Effect.DENY,
      principals: [new iam.AnyPrincipal()],
      actions: [...DESTRUCTIVE_ACTIONS],
      resources: THIS_KEY,
      conditions: { ArnNotEquals: { 'aws:PrincipalArn': arns } },
    }),
  ];
}

/** One statement for the principals without conditions, one more for each that brings its own. */
function perCondition(sid: string, principals: iam.IPrincipal[], rest: iam.PolicyStatementProps): iam.PolicyStatement[] {
  const plain = principals.filter((principal) => !hasConditions(principal));
  const conditional = principals.filter(hasConditions);
  const groups = [...(plain.length > 0 ? [plain] : []), ...conditional.map((principal) => [principal])];
  return groups.map((group, index) => new iam.PolicyStatement({
    sid: index === 0 ? sid : `${sid}${index + 1}`,
    principals: group,
    resources: THIS_KEY,
    ...rest,
  }));
}
