import { Check, fail, PASS, passIf, Verdict } from '../rules/rule';
import { notKnown } from '../rules/values';
import { same } from '../template/read';

/** KMS keeps one key of an id in each Region: the primary, or one replica. */
export const replicaIsElsewhere: Check = (replica): Verdict => {
  const arn = replica.get('PrimaryKeyArn');
  if (arn.kind === 'value' && arn.target?.owner === replica.owner) {
    return fail(`its primary ${arn.target.logicalId} is in the same template, and so in the same Region`);
  }
  const others = replica.owner.ofType('AWS::KMS::ReplicaKey').filter((other) => other !== replica);
  const twins = [replica, ...others.filter((other) => same(other.get('PrimaryKeyArn'), arn) === true)];
  if (twins.length > 1) { return fail(`the template has ${twins.length} replicas of one primary: ${twins.map(({ logicalId }) => logicalId).join(', ')}`); }
  const unknown = [arn, ...others.map((other) => other.get('PrimaryKeyArn'))].find((each) => each.kind === 'unknown');
  return unknown?.kind === 'unknown' ? notKnown(unknown) : PASS;
};

export const replicaDoesNotRotate: Check = (replica) => {
  const set = ['EnableKeyRotation', 'RotationPeriodInDays'].find((name) => replica.get(name).kind !== 'absent');
  return passIf(set === undefined, `${set} is set: a replica rotates with its primary, and CloudFormation refuses it here`);
};
