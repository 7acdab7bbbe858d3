import type * as rds from 'aws-cdk-lib/aws-rds';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { IConstruct } from 'constructs';
import { pathOf, Refusal, refuse } from '../private/errors';

const REFUSED: ReadonlyArray<Refusal<rds.DatabaseProxyOptions>> = [{
  prop: 'requireTLS',
  code: 'ProxyMustRequireTls',
  refuses: (value) => value === false,
  because: 'a proxy of an encrypted database refuses connections without TLS',
  remedy: 'Leave it out; a client that speaks no TLS must be mended',
}];

/**
 * What a proxy is made of: TLS required, IAM authentication, and the master secret where none is given. Throws for insecure options.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.howitworks.html#rds-proxy-security
 */
export function protectedProxy(
  scope: IConstruct, id: string, options: rds.DatabaseProxyOptions, secret: secretsmanager.ISecret | undefined,
): rds.DatabaseProxyOptions {
  refuse(pathOf(scope, id), options, REFUSED);
  return { iamAuth: true, secrets: secret && [secret], ...options, requireTLS: true };
}
