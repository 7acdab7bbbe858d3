import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { IConstruct } from 'constructs';
import { warn } from '../private/warn';
import { pasteable } from '../statements/pasteable';

/**
 * Adds statements to the policy of a resource's key. The policy of an imported key cannot be changed from here: the synth
 * then warns with the statement that is missing, and with what happens without it.
 */
export function addToKeyPolicyOrWarn(resource: IConstruct, key: kms.IKey, statements: iam.PolicyStatement[], otherwise: string): void {
  for (const statement of statements) {
    const { statementAdded } = key.addToResourcePolicy(statement);
    if (!statementAdded) {
      warn(resource, 'KeyPolicyNotAdded',
        `The key of ${resource.node.path} is imported, so its policy cannot be changed here: ${otherwise} until it has this `
        + `statement: ${pasteable(resource, statement.toJSON())}`);
    }
  }
}
