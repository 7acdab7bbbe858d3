import { Annotations, Resource, SecretValue, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { MASTER_USERNAME } from './engine-defaults';
import { checkKeyPlace } from '../kms/key-place';
import { isCustomerKey, nearestKey } from '../kms/near';
import { EncryptionError } from '../private/errors';
import { isInTemplate } from '../private/secret-values';
import { viaService } from '../statements/via-service';

/** Who the master user of a new database is, and where the password comes from. */
export interface MasterUser {
  readonly credentials?: rds.Credentials;
  readonly manageMasterUserPassword?: boolean;
  readonly adoptsLiveDatabase?: boolean;
}

/** RDS keeps and rotates the password, unless the caller gives a secret or wants one made. Throws for a password in the template. */
export function masterUser(scope: Construct, path: string, user: MasterUser): MasterUser {
  const { credentials, manageMasterUserPassword: managed, adoptsLiveDatabase } = user;
  const generates = credentials !== undefined
    && (credentials.usernameAsString || credentials.secretName || credentials.excludeCharacters || credentials.replicaRegions) !== undefined;
  if (managed && (credentials?.password || credentials?.secret || generates)) { refuseBoth(path, 'credentials'); }
  if (credentials?.password) {
    refusePlainPassword(scope, path, 'credentials', credentials.password);
    return { credentials, manageMasterUserPassword: false };
  }
  if (generates) { return { credentials, manageMasterUserPassword: false }; }
  if (adoptsLiveDatabase) { return { credentials, manageMasterUserPassword: managed }; }
  // A literal user name, so that a database can go from one way to the other in place: another MasterUsername replaces it.
  if (managed === false) {
    return { credentials: credentials ?? rds.Credentials.fromGeneratedSecret(MASTER_USERNAME), manageMasterUserPassword: false };
  }
  return { credentials: credentials ?? rds.Credentials.fromUsername(MASTER_USERNAME), manageMasterUserPassword: true };
}

/** For a database that has its source's user: nothing is said of it. */
export const SOURCES_USER: MasterUser = { credentials: undefined, manageMasterUserPassword: undefined };

/** What says where the password of a restored database comes from. */
export interface SnapshotPassword {
  readonly prop: string;
  readonly credentials?: rds.SnapshotCredentials;
  readonly managed?: boolean;
  /** A live database keeps the password that its clients know. */
  readonly live?: boolean;
}

/** The same for a restored database, whose user is the snapshot's. Gives whether RDS manages the password. */
export function snapshotPassword(scope: Construct, path: string, { prop, credentials, managed, live }: SnapshotPassword): boolean {
  if (managed && (credentials?.password || credentials?.secret || credentials?.generatePassword)) { refuseBoth(path, prop); }
  if (credentials?.password && !credentials.secret) { refusePlainPassword(scope, path, prop, credentials.password); }
  return managed ?? (credentials === undefined && !live);
}

function refuseBoth(path: string, prop: string): void {
  throw new EncryptionError(path, 'TwoMasterPasswords',
    `'${prop}' cannot hold or generate a password beside 'manageMasterUserPassword' true: RDS then makes the password. Leave one of the two out.`);
}

function refusePlainPassword(scope: Construct, path: string, prop: string, password: SecretValue): void {
  if (!isInTemplate(scope, password)) { return; }
  throw new EncryptionError(path, 'PasswordInTemplate',
    `'${prop}' cannot hold a password: it would be in the template. Leave it out, and RDS manages the password in a secret under the key; or give a `
    + 'secret (fromSecret), or a SecretValue of Secrets Manager, of a secure SSM parameter or of a CfnParameter with `noEcho`.');
}

interface SecretOfUser {
  readonly credentials?: rds.Credentials | rds.SnapshotCredentials;
  readonly managed: boolean;
  readonly managedArn: string;
  /** Its password may be the snapshot's, in no secret; the CDK makes one all the same, unless a feature flag says no. */
  readonly restored?: boolean;
}

/** The secret with the master password, such that reading it grants the key as well; none where the password is elsewhere. */
export function masterSecret(
  database: Construct, user: SecretOfUser, key: kms.IKey,
): secretsmanager.ISecret | undefined {
  const { credentials, managed, managedArn, restored } = user;
  if (credentials?.encryptionKey) { refuseManagedKey(database, credentials.encryptionKey.keyArn); }
  if (managed) {
    return secretsmanager.Secret.fromSecretAttributes(database, 'MasterSecret', { secretCompleteArn: managedArn, encryptionKey: credentials?.encryptionKey ?? key });
  }
  const made = ['SnapshotSecret', 'Secret'].map((id) => database.node.tryFindChild(id)).filter((child) => child instanceof secretsmanager.Secret);
  const secret = credentials?.secret ?? (credentials || !restored ? made[0] : undefined);
  new Set([...made, ...(secret ? [secret] : [])]).forEach((each) => encryptSecret(database, each, nearestKey(key, database) as kms.IKey));
  return secret && (attachmentOf(secret) ?? secret);
}

/** The CDK attaches a secret to its database, so that the secret names the host as well. */
function attachmentOf(secret: secretsmanager.ISecret): secretsmanager.ISecret | undefined {
  return secret.node.tryFindChild('Attachment') as unknown as secretsmanager.ISecret | undefined;
}

/**
 * Puts a secret of this app that has no key of its own under the database's key: without one it is under `aws/secretsmanager`, which
 * no policy of ours limits.
 */
function encryptSecret(database: Construct, secret: secretsmanager.ISecret, key: kms.IKey): void {
  const l1: unknown = secret.node.defaultChild;
  const owned = Resource.isOwnedResource(secret) && secretsmanager.CfnSecret.isCfnSecret(l1) ? l1 : undefined;
  const own = secret.encryptionKey?.keyArn ?? owned?.kmsKeyId;
  if (own !== undefined) {
    refuseManagedKey(database, own);
    return checkKeyPlace(secret.node.path, secret, own);
  }
  if (!owned) {
    Annotations.of(database).addInfo(`${secret.node.path} is imported without 'encryptionKey', so this app cannot tell which key the master password is under.`);
    return;
  }
  owned.kmsKeyId = key.keyArn;
  for (const construct of [secret, attachmentOf(secret)]) { Object.assign(construct ?? {}, { encryptionKey: key }); }
  allowEarlierReaders(secret, owned, key);
}

/** Whoever was granted to read the secret before it had the key needs the key too. */
function allowEarlierReaders(secret: secretsmanager.ISecret, l1: secretsmanager.CfnSecret, key: kms.IKey): void {
  const stack = Stack.of(secret);
  const name = JSON.stringify(stack.resolve(l1.ref));
  for (const policy of stack.node.findAll()) {
    if (!(policy instanceof iam.Policy) || Stack.of(policy) !== stack || !JSON.stringify(stack.resolve(policy.document)).includes(name)) { continue; }
    policy.addStatements(new iam.PolicyStatement({
      actions: ['kms:Decrypt'], resources: [key.keyArn], conditions: { StringEquals: { 'kms:ViaService': viaService('secretsmanager', stack) } },
    }));
  }
}

function refuseManagedKey(database: Construct, keyArn: string): void {
  if (isCustomerKey(keyArn)) { return; }
  throw new EncryptionError(database.node.path, 'SecretUnderManagedKey',
    "the secret in 'credentials' cannot be under a key that AWS manages: every identity that may read secrets may decrypt it. "
    + 'Give the secret a customer-managed `encryptionKey`, or none: it is then put under the key of the database.');
}
