import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { SecretBlocksPublicPolicy, SecretEncryptionAtRest } from './mixins';
import { refusePlainValues } from './plain-values';
import { ENCRYPTED_SECRET } from './prop-shapes';
import { SECRET_KEY_REFUSALS } from './refusals';
import { EncryptionKey } from '../kms/encryption-key';
import { LIMIT_THEM, strangerAllowedBy } from '../kms/principal-limits';
import { takeReplicaKey, replicaIn } from '../kms/replicas-of';
import { KEY_REFERENCE, REGION, STATEMENT } from '../private/common-kinds';
import { EncryptionError, refuse } from '../private/errors';
import { markManaged } from '../private/injector';
import { checkArgument, checkedPath, withoutNull } from '../private/props';
import { refuseUnknownRegion } from '../private/regions';
import { removalPolicyBeside, removalPolicyOf } from '../private/removal-policy';

/**
 * Properties of `EncryptedSecret`: those of `secretsmanager.Secret`. Leave `encryptionKey` out for a new rotating key owned by this secret; a secret with
 * replicas needs a `MultiRegionKey`, or a key for each replica.
 */
export interface EncryptedSecretProps extends secretsmanager.SecretProps {}

/**
 * A secret under a customer-managed KMS key, whose value never stands in a template, with a resource policy that can never be public, and that stays when
 * its stack is deleted. Its replicas are under keys of their own Regions.
 *
 * Takes every prop of `secretsmanager.Secret`; a value that would weaken these guarantees is an error. `fromSecretNameV2()` and the other static
 * methods are those of `secretsmanager.Secret`: they give a plain reference to an existing secret, which is neither checked nor changed.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
 */
export class EncryptedSecret extends secretsmanager.Secret {
  /** The key under which the secret is encrypted. */
  public readonly encryptionKey?: kms.IKey;

  constructor(scope: Construct, id: string, props: EncryptedSecretProps = {}) {
    const path = checkedPath(scope, id, props, ENCRYPTED_SECRET);
    props = withoutNull(props);
    refuse(path, props, SECRET_KEY_REFUSALS);
    refusePlainValues(scope, path, props);
    const { encryptionKey, replicaRegions = [], ...inherited } = props;
    super(scope, id, markManaged({ ...inherited, removalPolicy: removalPolicyOf(props.removalPolicy, props.secretName) }));
    this.encryptionKey = encryptionKey ?? new EncryptionKey(this, 'Key', {
      description: `Encrypts the secret ${path}`, removalPolicy: removalPolicyBeside(props.removalPolicy),
    });
    new SecretEncryptionAtRest(this.encryptionKey).applyTo(this.node.defaultChild as secretsmanager.CfnSecret);
    for (const replica of replicaRegions) { this.addReplicaRegion(replica.region, replica.encryptionKey); }
  }

  /**
   * Adds a replica in another Region, under a key of that Region: the one given, or the replica of the secret's own multi-Region key. Without either it
   * is an error, because Secrets Manager would encrypt the replica under the AWS-managed key.
   *
   * @param region another Region than the secret's
   * @param encryptionKey a key of that Region
   */
  public addReplicaRegion(region: string, encryptionKey?: kms.IKeyRef): void {
    checkArgument(this.node.path, 'region', region, REGION);
    if (encryptionKey !== undefined) { checkArgument(this.node.path, 'encryptionKey', encryptionKey, KEY_REFERENCE); }
    refuseUnknownRegion(this.node.path, 'replicaRegions', region);
    const key = encryptionKey ?? replicaIn(this.encryptionKey, region);
    if (!key) {
      throw new EncryptionError(this.node.path, 'SecretReplicaNeedsKey',
        `'replicaRegions' has ${region} without a key: Secrets Manager would encrypt the replica under the AWS-managed key there. `
        + `Give it an \`encryptionKey\` of ${region}, or make the secret's \`encryptionKey\` a MultiRegionKey with a replica in ${region}, in a stack of its own.`);
    }
    refuse(this.node.path, { encryptionKey: key as kms.IKey }, SECRET_KEY_REFUSALS);
    takeReplicaKey(this, this.node.path, { prop: 'replicaRegions', region, own: this.encryptionKey, keyArn: key.keyRef.keyArn });
    super.addReplicaRegion(region, key);
  }

  /** Adds a statement to the secret's resource policy. One that allows somebody whom nothing limits is an error; Secrets Manager refuses what it finds to be public, too. */
  public addToResourcePolicy(statement: iam.PolicyStatement): iam.AddToResourcePolicyResult {
    checkArgument(this.node.path, 'statement', statement, STATEMENT);
    const found = strangerAllowedBy(this, statement, ['secret']);
    if (found) { throw new EncryptionError(this.node.path, 'SecretPolicyIsPublic', `'statement' cannot allow ${found.value}: ${found.why}. ${LIMIT_THEM}`); }
    const result = super.addToResourcePolicy(statement);
    const policy = this.node.tryFindChild('Policy')?.node.defaultChild;
    if (policy) { new SecretBlocksPublicPolicy().applyTo(policy); }
    return result;
  }
}
