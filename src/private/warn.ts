import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** A warning of this library, which the CDK's command line shows and `--strict` makes fatal. */
export function warn(scope: IConstruct, code: string, message: string): void {
  Validations.of(scope).addWarning(`cdk-encryption-constructs:${code}`, message);
}
