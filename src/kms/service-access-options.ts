/** On whose behalf an AWS service may use a key: the confused-deputy conditions of its statement. */
export interface ServiceSourceOptions {
  /**
   * ARNs, or ARN patterns with `*`, of the resources for which the service acts (`aws:SourceArn`).
   *
   * Give names that you know as text. The ARN of a resource that this key encrypts would make a circular dependency: the resource
   * needs the key, and the key's policy needs the resource.
   *
   * @default - any resource in the source account or organization
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourcearn
   */
  readonly sourceArns?: string[];

  /**
   * The account whose resources the service may act for (`aws:SourceAccount`), 12 digits.
   *
   * @default - the account of the key
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourceaccount
   */
  readonly sourceAccount?: string;

  /**
   * The organization whose resources the service may act for (`aws:SourceOrgID`), in place of one account.
   *
   * @default - only the source account
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourceorgid
   */
  readonly sourceOrganization?: string;
}

/** Which log groups CloudWatch Logs may encrypt. */
export interface CloudWatchLogsAccessOptions {
  /**
   * Names of log groups, or patterns with `*`.
   *
   * @default - every log group in the account and Region of the key
   */
  readonly logGroupNames?: string[];
}
