import type * as rds from 'aws-cdk-lib/aws-rds';
import { EncryptionError } from '../private/errors';

/** Throws where a password stands in the code, or would be generated into a secret that nobody rotates. */
export function refusePassword(path: string, prop: string, credentials: rds.SnapshotCredentials | undefined): void {
  if (credentials?.password && !credentials.secret) {
    throw new EncryptionError(path, 'PasswordInTemplate',
      `'${prop}' cannot hold a password: it would stand in the template. Leave it out, and RDS manages the password in a secret under the key.`);
  }
  if (credentials?.generatePassword) {
    throw new EncryptionError(path, 'PasswordNotRotated',
      `'${prop}' cannot generate a password: nothing would rotate it. Leave it out, and RDS manages and rotates the password in a secret under the key.`);
  }
}
