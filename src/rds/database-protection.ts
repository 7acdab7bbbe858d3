import { Duration, RemovalPolicy, Resource, Validations } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct, IConstruct } from 'constructs';
import { CA_CERTIFICATE, MONITORING_INTERVAL_SECONDS } from './defaults';
import { engineDefaults, MASTER_USERNAME } from './engine-defaults';
import { DatabaseEncryptionAtRest, DatabaseTlsOnly } from './mixins';
import { REFUSED_FOR_DATABASES, RefusedProps } from './refusals';
import { TlsParameter, tlsParameterOf } from './tls-parameters';
import { refuseTlsOff } from './tls-refusal';
import { ServiceAccess } from '../kms/service-access';
import { EncryptionError, refuse } from '../private/errors';

/** How a caller may set the parameters of a database. */
export interface TlsProps {
  readonly parameterGroup?: rds.IParameterGroup;
  readonly parameters?: { [key: string]: string };
}

/** What the constructs for an instance and for a cluster have in common. */
export interface DatabaseProps extends TlsProps, RefusedProps {
  readonly engine: rds.IEngine;
  readonly credentials?: rds.Credentials;
  readonly cloudwatchLogsExports?: string[];
  readonly deletionProtection?: boolean;
  readonly removalPolicy?: RemovalPolicy;
}

/** What both give their base class: defaults that the caller may change, and what he may not. Throws for insecure props. */
export function protectedProps(path: string, props: DatabaseProps) {
  refuse(path, props, REFUSED_FOR_DATABASES);
  const tls = tlsParameter(path, props.engine);
  const manageMasterUserPassword = managedPassword(path, props.credentials);
  const { port, logs: exported } = engineDefaults(props.engine.engineType);
  return {
    defaults: { copyTagsToSnapshot: true, port, monitoringInterval: Duration.seconds(MONITORING_INTERVAL_SECONDS) },
    guaranteed: {
      cloudwatchLogsExports: props.cloudwatchLogsExports ?? [...exported],
      credentials: props.credentials ?? rds.Credentials.fromUsername(MASTER_USERNAME),
      manageMasterUserPassword,
      deletionProtection: props.deletionProtection ?? props.removalPolicy !== RemovalPolicy.DESTROY,
      parameters: parametersWithTls(path, props, tls),
    },
  };
}

/** The engine's parameter that requires TLS. Throws where it has none. */
export function tlsParameter(path: string, engine: rds.IEngine): TlsParameter {
  const family = engine.parameterGroupFamily;
  const parameter = family === undefined ? undefined : tlsParameterOf(family);
  if (!parameter) {
    throw new EncryptionError(path, 'EngineCannotRequireTls',
      `'engine' ${engine.engineType} ${family ?? 'without a version'} has no parameter that requires TLS and that this library knows. `
      + 'Give the engine an explicit version, of PostgreSQL, MySQL 5.7+, MariaDB 10.5+, SQL Server, Aurora PostgreSQL or Aurora MySQL.');
  }
  return parameter;
}

/** The caller's parameters, and TLS: his own group is completed later, by `requireTls`. */
export function parametersWithTls(path: string, props: TlsProps, tls: TlsParameter): { [key: string]: string } | undefined {
  if (props.parameterGroup) { return props.parameters; }
  refuseTlsOff(path, 'parameters', props.parameters ?? {}, tls.name);
  return { [tls.name]: tls.on, ...props.parameters };
}

/** The caller's own parameter group gets the parameter too; one that cannot be changed here cannot be trusted either. */
export function requireTls(path: string, group: rds.IParameterGroup | undefined): void {
  if (!group) { return; }
  if (!Resource.isOwnedResource(group)) {
    throw new EncryptionError(path, 'ParameterGroupIsImported',
      `'parameterGroup' cannot be ${group.node.path}: it is imported, so nobody can tell whether it requires TLS. `
      + 'Make the group in this app, or give `parameters`.');
  }
  group.with(new DatabaseTlsOnly());
}

/** RDS makes, keeps and rotates the master password: no password in the template, no rotation function. */
function managedPassword(path: string, credentials: rds.Credentials | undefined): boolean {
  if (credentials?.password) {
    throw new EncryptionError(path, 'PasswordInTemplate',
      "'credentials' cannot hold a password: it would stand in the template. Give a user name (rds.Credentials.fromUsername), "
      + 'and RDS manages the password in a secret under the key.');
  }
  return !credentials?.secret;
}

/**
 * The role by which RDS writes the metrics of enhanced monitoring, with the policy that AWS keeps for it.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Monitoring.OS.Enabling.html
 */
export function acknowledgeMonitoringRole(scope: Construct): void {
  const role = scope.node.tryFindChild('MonitoringRole');
  if (!role) { return; }
  Validations.of(role).acknowledge({
    id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole]',
    reason: 'AWS documents this policy, and no other, for enhanced monitoring; it allows to write to one log group.',
  });
}

/** The secret that RDS manages, such that reading it grants the key as well. */
export function managedSecret(scope: Construct, secretArn: string, key: kms.IKey): secretsmanager.ISecret {
  return secretsmanager.Secret.fromSecretAttributes(scope, 'MasterSecret', { secretCompleteArn: secretArn, encryptionKey: key });
}

/** Encrypts everything below a database construct, and keeps its instances private and on the current CA. */
export function protect(scope: Construct, key: kms.IKey): void {
  scope.with(new DatabaseEncryptionAtRest(key, { allowReplacement: true }));
  for (const instance of scope.node.findAll().filter(isDbInstance)) {
    if (instance.publiclyAccessible === true) {
      throw new EncryptionError(instance.node.path, 'DatabaseIsPublic',
        "'publiclyAccessible' cannot be true: an encrypted database has no public address (AWS FSBP RDS.2). Leave it out, and reach the "
        + 'database from inside of the VPC.');
    }
    instance.publiclyAccessible = false;
    instance.caCertificateIdentifier ??= CA_CERTIFICATE;
  }
}

function isDbInstance(construct: IConstruct): construct is rds.CfnDBInstance {
  return rds.CfnDBInstance.isCfnDBInstance(construct);
}

/**
 * Makes the log groups that RDS exports to, under the key, before RDS would make them without one.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.Procedural.UploadtoCloudWatch.html
 */
export function encryptLogs(scope: Construct, key: kms.IKey, prefix: string, exports: string[], retention?: logs.RetentionDays): void {
  if (exports.length === 0) { return; }
  const access = ServiceAccess.cloudWatchLogs({ logGroupNames: ['/aws/rds/*'] });
  access.statements(scope).forEach((statement) => key.addToResourcePolicy(statement));
  for (const type of exports) {
    const group = new logs.LogGroup(scope, `Logs-${type}`, {
      logGroupName: `${prefix}/${type}`,
      encryptionKey: key,
      retention: retention ?? logs.RetentionDays.ONE_YEAR,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    scope.node.defaultChild?.node.addDependency(group);
  }
}
