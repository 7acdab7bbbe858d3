import type * as iam from 'aws-cdk-lib/aws-iam';

/** Who may do what with a key: the same for every kind of key. */
export interface KeyAccessProps {
  /**
   * Who can manage the key and not use it: change its policy, disable it, schedule its deletion.
   *
   * IAM roles, users or accounts of the key's own account; a service, everybody or another account is an error.
   *
   * @default - only those whom the account's IAM policies allow
   * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html#key-policy-default-allow-administrators
   */
  readonly administrators?: iam.IPrincipal[];

  /**
   * Who can encrypt and decrypt with the key and not manage it: in this account, in another one, or a whole organization
   * (`new iam.OrganizationPrincipal('o-…')`). A role in the key's own account needs no entry while account identities are trusted:
   * `key.grantDecrypt(role)` gives it permission in its own policy. A principal that limits nobody is an error that says who could
   * decrypt: everybody, every account, a condition that anybody can meet.
   *
   * @default - only those whom the account's IAM policies allow
   * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html#key-policy-default-allow-users
   */
  readonly users?: iam.IPrincipal[];

  /**
   * Whether the account's IAM policies may give access to the key.
   *
   * With `false` only the principals in this policy have access; `administrators` is then required, and must include the role
   * that CloudFormation deploys with, or KMS refuses the policy.
   *
   * @default true
   * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html#key-policy-default-allow-root-enable-iam
   */
  readonly trustAccountIdentities?: boolean;

  /**
   * The only principals who may schedule the key's deletion, disable it or delete its imported material; everybody else is
   * denied, including administrators, the account root and the role that CloudFormation deploys with. A stack cannot disable such
   * a key unless its role is named.
   *
   * IAM roles or users; the policy compares `aws:PrincipalArn`. A pattern for everybody of an account is an error.
   *
   * @default - none: administrators may do it
   * @see https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys-adding-permission.html
   */
  readonly breakGlassPrincipals?: iam.IPrincipal[];

  /**
   * Principals who may create grants for principals other than AWS services. No policy shows such grants. AWS Control Tower's
   * CT.KMS.PR.3 fails with any. A pattern for everybody of an account (`arn:aws:iam::*:role/*`) is an error: it would void the guard.
   *
   * @default - grants only for AWS services
   * @see https://docs.aws.amazon.com/kms/latest/developerguide/grants.html
   */
  readonly grantCreators?: iam.IPrincipal[];

  /**
   * Makes KMS accept a policy that its own lock-out check refuses (the deploying role could not change it any more). This
   * library's check stays on. Use it only where another role than the deploying one manages the key.
   *
   * @default false
   * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html#KMS-CreateKey-request-BypassPolicyLockoutSafetyCheck
   */
  readonly bypassPolicyLockoutSafetyCheck?: boolean;
}
