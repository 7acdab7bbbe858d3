import type * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { IConstruct } from 'constructs';
import { SecretBlocksPublicPolicy, SecretEncryptionAtRest } from './mixins';
import { refusePlainValues } from './plain-values';
import { SECRET_KEY_REFUSALS } from './refusals';
import { Completion } from '../completion/registry';
import { KeyedInjector } from '../kms/keyed-injector';
import { canNameReplicas, replicaIn } from '../kms/replicas-of';
import { InjectorsOf, ProtectingInjector } from '../private/injector';
import { warn } from '../private/warn';

/** Encrypts every `secretsmanager.Secret` under the key when the app is synthesized: also those that constructs of the CDK make themselves. */
export class SecretInjector extends KeyedInjector<secretsmanager.SecretProps> {
  public static readonly TARGET = secretsmanager.Secret.PROPERTY_INJECTION_ID;
  public static readonly REFUSALS = SECRET_KEY_REFUSALS;

  protected protect(
    props: secretsmanager.SecretProps, path: string, scope: IConstruct, insecure: ReadonlySet<keyof secretsmanager.SecretProps>,
  ): Partial<secretsmanager.SecretProps> {
    this.accepts(scope, () => refusePlainValues(scope, path, props));
    const key = insecure.has('encryptionKey') ? undefined : this.keyOf(props.encryptionKey, props.removalPolicy, path, scope);
    Completion.of(scope).later(path, (secret) => {
      if (key && secretsmanager.CfnSecret.isCfnSecret(secret)) { new SecretEncryptionAtRest(key)._encrypt(secret, () => true); }
    });
    const { replicaRegions } = props;
    return replicaRegions ? { replicaRegions: replicaRegions.map((replica) => this.withKey(replica, key, path, scope)) } : {};
  }

  /** A replica without a key gets the one of the secret's multi-Region key there. */
  private withKey(replica: secretsmanager.ReplicaRegion, key: kms.IKey | undefined, path: string, scope: IConstruct): secretsmanager.ReplicaRegion {
    if (replica.encryptionKey) { return replica; }
    const own = this.settings.givenKey ?? key;
    const encryptionKey = canNameReplicas(own, scope) ? replicaIn(own, replica.region) : undefined;
    if (!encryptionKey) {
      warn(scope, 'ReplicaLeftAsItWas', `${path}: its replica in ${replica.region} stays under the AWS-managed key, because there is no key for it there. `
        + `Give it an \`encryptionKey\` of ${replica.region}, or give EncryptionDefaults a MultiRegionKey with a replica in ${replica.region}, made in a stack of its own.`);
    }
    return encryptionKey ? { ...replica, encryptionKey } : replica;
  }
}

/** Has Secrets Manager refuse public policies of plain secrets. */
export class SecretPolicyInjector extends ProtectingInjector<secretsmanager.ResourcePolicyProps> {
  public static readonly TARGET = secretsmanager.ResourcePolicy.PROPERTY_INJECTION_ID;

  protected protect(_props: secretsmanager.ResourcePolicyProps, path: string, scope: IConstruct): Partial<secretsmanager.ResourcePolicyProps> {
    Completion.of(scope).later(path, (policy) => new SecretBlocksPublicPolicy().applyTo(policy));
    return {};
  }
}

export const injectors: InjectorsOf = (settings, previous) => [
  new SecretInjector(SecretInjector.TARGET, settings, SecretInjector.REFUSALS, previous(SecretInjector.TARGET)),
  new SecretPolicyInjector(SecretPolicyInjector.TARGET, settings, [], previous(SecretPolicyInjector.TARGET)),
];
