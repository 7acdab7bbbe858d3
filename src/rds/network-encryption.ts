import { Resource } from 'aws-cdk-lib';
import * as rds from 'aws-cdk-lib/aws-rds';
import type { Construct } from 'constructs';
import { DatabaseTlsOnly } from './mixins';
import { REQUIRED_SETTINGS } from './oracle-encryption';
import { isOracle, NETWORK_ENCRYPTION } from './oracle-options';
import { EncryptionError } from '../private/errors';

/**
 * Oracle requires encrypted connections by an option, in the caller's option group or one that is made; one that cannot be
 * changed here cannot be trusted either. Other engines do by a parameter.
 */
export function requireNetworkEncryption(scope: Construct, engine: rds.IInstanceEngine, given: rds.IOptionGroup | undefined): void {
  if (!isOracle(engine.engineType)) { return; }
  if (given && !Resource.isOwnedResource(given)) {
    throw new EncryptionError(scope.node.path, 'OptionGroupIsImported',
      `'optionGroup' cannot be ${given.node.path}: it is imported, so this app cannot tell whether it requires encrypted connections. `
      + 'Make the group in this app, or leave the prop out.');
  }
  // The CDK makes a group of its own for S3 imports.
  const madeByEngine = scope.node.tryFindChild('InstanceOptionGroup') as rds.OptionGroup | undefined;
  const group = given ?? madeByEngine ?? new rds.OptionGroup(scope, 'OptionGroup', {
    engine, configurations: [{ name: NETWORK_ENCRYPTION, settings: REQUIRED_SETTINGS }],
  });
  group.with(new DatabaseTlsOnly());
  (scope.node.defaultChild as rds.CfnDBInstance).optionGroupName = group.optionGroupName;
}
