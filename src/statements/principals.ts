import * as iam from 'aws-cdk-lib/aws-iam';

/**
 * The `AWS` principals of a principal, to be compared with `aws:PrincipalArn`.
 *
 * `undefined` where the principal is not one or more IAM ARNs: a service, a federation, or everybody.
 */
export function iamArns(principal: iam.IPrincipal): string[] | undefined {
  const fragment = principal.policyFragment;
  const arns = fragment.principalJson.AWS;
  const onlyAws = Object.keys(fragment.principalJson).every((type) => type === 'AWS');
  return onlyAws && arns && arns.length > 0 && !arns.includes('*') ? arns : undefined;
}

/** True where the principal brings conditions of its own (an organization, a principal with conditions). */
export function hasConditions(principal: iam.IPrincipal): boolean {
  return Object.keys(principal.policyFragment.conditions).length > 0;
}

/** The AWS services that a statement allows; none for one that denies. */
export function servicesLetIn({ effect, principals }: iam.PolicyStatement): string[] {
  return effect === iam.Effect.ALLOW
    ? principals.flatMap((principal) => (principal instanceof iam.ServicePrincipal ? [principal.service] : []))
    : [];
}
