import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { RETENTION_DAYS } from './defaults';
import { LogGroupEncryptionAtRest } from './mixins';
import { ENCRYPTED_LOG_GROUP } from './prop-shapes';
import { LOG_GROUP_REFUSALS } from './refusals';
import { EncryptionKey } from '../kms/encryption-key';
import { LIMIT_THEM, strangerAllowedBy } from '../kms/principal-limits';
import { STATEMENT } from '../private/common-kinds';
import { EncryptionError, refuse } from '../private/errors';
import { markManaged } from '../private/injector';
import { checkArgument, checkedPath, withoutNull } from '../private/props';
import { removalPolicyBeside, removalPolicyOf } from '../private/removal-policy';

/** Properties of `EncryptedLogGroup`: those of `logs.LogGroup`. Leave `encryptionKey` out for a new rotating key owned by this log group. */
export interface EncryptedLogGroupProps extends logs.LogGroupProps {}

/**
 * A log group whose events are encrypted under a customer-managed KMS key. The key's policy allows CloudWatch Logs to use the key for this log group
 * and for no other; it names the group as text, so that group and key do not need each other.
 *
 * Takes every prop of `logs.LogGroup`; events are kept for a year unless `retention` says otherwise. `fromLogGroupName()` and the other static methods
 * are those of `logs.LogGroup`: they give a plain reference to an existing log group, which is neither checked nor changed.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
export class EncryptedLogGroup extends logs.LogGroup {
  /** The key under which events are encrypted. */
  public readonly encryptionKey: kms.IKeyRef;

  constructor(scope: Construct, id: string, props: EncryptedLogGroupProps = {}) {
    const path = checkedPath(scope, id, props, ENCRYPTED_LOG_GROUP);
    props = withoutNull(props);
    refuse(path, props, LOG_GROUP_REFUSALS);
    const { encryptionKey, ...inherited } = props;
    super(scope, id, markManaged({
      ...(props.logGroupClass === logs.LogGroupClass.DELIVERY ? {} : { retention: RETENTION_DAYS }),
      ...inherited,
      removalPolicy: removalPolicyOf(props.removalPolicy, props.logGroupName),
    }));
    this.encryptionKey = encryptionKey ?? new EncryptionKey(this, 'Key', {
      description: `Encrypts the log group ${path}`, removalPolicy: removalPolicyBeside(props.removalPolicy),
    });
    new LogGroupEncryptionAtRest(this.encryptionKey).applyTo(this.node.defaultChild as logs.CfnLogGroup);
  }

  /** Adds a statement to the resource policy of CloudWatch Logs for this log group. One that allows somebody whom nothing limits is an error. */
  public addToResourcePolicy(statement: iam.PolicyStatement): iam.AddToResourcePolicyResult {
    checkArgument(this.node.path, 'statement', statement, STATEMENT);
    const found = strangerAllowedBy(this, statement, ['log group', 'log stream']);
    if (found) { throw new EncryptionError(this.node.path, 'LogGroupPolicyIsPublic', `'statement' cannot allow ${found.value}: ${found.why}. ${LIMIT_THEM}`); }
    return super.addToResourcePolicy(statement);
  }
}
