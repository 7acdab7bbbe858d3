import { Stack } from 'aws-cdk-lib';
import * as rds from 'aws-cdk-lib/aws-rds';
import type { IConstruct } from 'constructs';
import { refuseWeakTls } from './tls-refusal';
import { problemsOf } from '../private/errors';
import { referenceIn } from '../private/place';
import { knownAtSynth } from '../private/tokens';

/** A parameter group of an instance or of a cluster. */
export type ParameterGroup = rds.CfnDBParameterGroup | rds.CfnDBClusterParameterGroup;

const WATCHED = Symbol('cdk-encryption-constructs.watched');

/** Looks at a group once more when the app is complete: `addParameter()` of the CDK takes whatever comes after the database. */
export function watchTls(group: ParameterGroup & { [WATCHED]?: boolean }): void {
  const family = knownAtSynth(group.family);
  if (family === undefined || group[WATCHED]) { return; }
  group[WATCHED] = true;
  group.node.addValidation({
    validate: () => problemsOf(() => refuseWeakTls(group.node.path, 'parameterGroup', Stack.of(group).resolve(group.parameters) ?? {}, family)),
  });
}

/** The groups that a database and its instances name, those of the writer and the readers among them. */
export function parameterGroupsOf(database: IConstruct): ParameterGroup[] {
  const names = database.node.findAll().map((construct) => {
    if (rds.CfnDBCluster.isCfnDBCluster(construct)) { return construct.dbClusterParameterGroupName; }
    return rds.CfnDBInstance.isCfnDBInstance(construct) ? construct.dbParameterGroupName : undefined;
  });
  const groups = names.map((name) => (name === undefined ? undefined : referenceIn(name)?.target)).filter(isParameterGroup);
  return [...new Set(groups)];
}

function isParameterGroup(construct: IConstruct | undefined): construct is ParameterGroup {
  return construct !== undefined
    && (rds.CfnDBParameterGroup.isCfnDBParameterGroup(construct) || rds.CfnDBClusterParameterGroup.isCfnDBClusterParameterGroup(construct));
}
