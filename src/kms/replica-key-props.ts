import type { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { KeyAccessProps } from './key-access-props';
import type { ServiceAccess } from './service-access';

/** Properties of `ReplicaKey`. */
export interface ReplicaKeyProps extends KeyAccessProps {
  /**
   * The ARN of the multi-Region primary key, in another Region of the same account and partition:
   * `arn:aws:kms:us-east-1:111122223333:key/mrk-…`.
   *
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-replicakey.html#cfn-kms-replicakey-primarykeyarn
   */
  readonly primaryKeyArn: string;

  /**
   * What the key is for.
   *
   * @default - says of which key it is the replica
   */
  readonly description?: string;

  /**
   * An alias in the replica's Region.
   *
   * @default - none
   */
  readonly alias?: string;

  /**
   * Whether the replica can be used; independent of the primary.
   *
   * @default true
   */
  readonly enabled?: boolean;

  /**
   * How long KMS waits before it deletes the replica: 7 to 30 days.
   *
   * @default Duration.days(30)
   */
  readonly pendingWindow?: Duration;

  /**
   * What happens to the replica when its stack is deleted.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * AWS services that use the replica with a service principal of their own.
   *
   * @default - none
   */
  readonly services?: ServiceAccess[];
}
