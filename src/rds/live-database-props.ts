/** For a construct that takes the place of a database that is deployed already. */
export interface LiveDatabaseProps {
  /**
   * This construct takes the place of a plain one of aws-cdk-lib, under the same id, whose database is live: nothing is set that
   * would replace the database by an empty one.
   *
   * - `encryptionKey` is required: the customer-managed key that the database is encrypted under. Another key, or a database that is not encrypted, means a replacement.
   * - The identifier, the port and the master user are what the code says, as in aws-cdk-lib; no name and no port of this library.
   * - Exported logs are only those that you name, and their log groups are left to RDS: put them under a key with
   *   `aws logs associate-kms-key`.
   * - The key of Performance Insights stays: give `performanceInsightEncryptionKey` where the plain code does.
   *
   * Look at `cdk diff` for a replacement before you deploy.
   *
   * @default false - a new database
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-dbinstance.html
   */
  readonly adoptsLiveDatabase?: boolean;
}
