import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { IConstruct } from 'constructs';
import { EncryptionError } from '../private/errors';
import { isInTemplate } from '../private/secret-values';

const REMEDY = 'Leave it out, and Secrets Manager generates a value (`generateSecretString`); or give a SecretValue of Secrets Manager, of a secure SSM '
  + 'parameter or of a CfnParameter with `noEcho`.';

/** Throws where a value of the secret would be in the template, for everybody who can read templates. */
export function refusePlainValues(scope: IConstruct, path: string, props: secretsmanager.SecretProps): void {
  const { secretStringValue, secretObjectValue, secretStringBeta1 } = props;
  if (secretStringValue && isInTemplate(scope, secretStringValue)) {
    throw new EncryptionError(path, 'SecretInTemplate', `'secretStringValue' cannot be plain text: it would be in the template. ${REMEDY}`);
  }
  for (const [name, value] of Object.entries(secretObjectValue ?? {})) {
    if (!NOT_SECRET.has(name.toLowerCase()) && isInTemplate(scope, value)) {
      throw new EncryptionError(path, 'SecretInTemplate', `'secretObjectValue.${name}' cannot be plain text: it would be in the template. ${REMEDY}`);
    }
  }
  if (secretStringBeta1 !== undefined) {
    throw new EncryptionError(path, 'SecretInTemplate', `'secretStringBeta1' cannot be given: aws-cdk-lib has deprecated it, because it may be plain text. ${REMEDY}`);
  }
}

/**
 * What of a secret is not secret, as Secrets Manager names it: where a database is, and who uses it.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_secret_json_structure.html
 */
const NOT_SECRET = new Set([
  'engine', 'host', 'hostname', 'endpoint', 'port', 'username', 'user', 'dbname', 'database', 'dbinstanceidentifier', 'dbclusteridentifier', 'masterarn', 'region',
]);
