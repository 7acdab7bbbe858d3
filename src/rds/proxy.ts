import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as rds from 'aws-cdk-lib/aws-rds';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { IConstruct } from 'constructs';
import { engineDefaults } from './engine-defaults';
import { DATABASE_PROXY } from './prop-shapes';
import { EncryptionError, pathOf, Refusal, refuse } from '../private/errors';
import { checkProps } from '../private/props';

const REFUSED: ReadonlyArray<Refusal<rds.DatabaseProxyOptions>> = [{
  prop: 'requireTLS',
  code: 'ProxyMustRequireTls',
  refuses: (value) => value === false,
  because: 'a proxy of an encrypted database refuses connections without TLS',
  remedy: 'Leave it out, and change the client to use TLS',
}];

/**
 * What a proxy is made of: TLS required, IAM authentication, and the master secret where none is given. Throws for insecure options.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.howitworks.html#rds-proxy-security
 */
export function protectedProxy(
  scope: IConstruct, id: string, options: rds.DatabaseProxyOptions, secret: secretsmanager.ISecret | undefined,
): rds.DatabaseProxyOptions {
  checkProps(pathOf(scope, id), options, DATABASE_PROXY);
  refuse(pathOf(scope, id), options, REFUSED);
  if (!secret && !options.secrets && options.defaultAuthScheme !== rds.DefaultAuthScheme.IAM_AUTH) {
    throw new EncryptionError(pathOf(scope, id), 'ProxyNeedsSecret',
      `'secrets' is missing: the password of ${scope.node.path} is in no secret that this app knows, and a proxy logs in with one. Give the secret with it, or `
      + '`defaultAuthScheme: rds.DefaultAuthScheme.IAM_AUTH`.');
  }
  return { iamAuth: true, secrets: secret && [secret], ...options, requireTLS: true };
}

/** Gives the connections of a proxy its port, so that `proxy.connections.allowDefaultPortFrom(app)` works; the CDK leaves it out. */
export function withDefaultPort(proxy: rds.DatabaseProxy, engine: rds.IEngine): rds.DatabaseProxy {
  const { proxyPort } = engineDefaults(engine);
  if (proxyPort !== undefined && proxy.connections.defaultPort === undefined) {
    const { securityGroups } = proxy.connections;
    Object.assign(proxy, { connections: new ec2.Connections({ securityGroups, defaultPort: ec2.Port.tcp(proxyPort) }) });
  }
  return proxy;
}
