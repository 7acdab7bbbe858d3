import { ELB_ACCOUNTS } from '../flows/elb-accounts';
import type { ActedOn } from '../policy/actions';
import { conditionKey } from '../policy/condition-keys';
import type { Statement } from '../policy/statement';
import { ResourcePolicy } from '../rules/resource-policies';
import { targetOf } from '../rules/values';
import type { TemplateResource } from '../template/template';

/** An action is about objects or about the bucket; what the policy leaves open is both. */
function fits(arn: string, on: ActedOn): boolean {
  const isOpen = arn === 'any' || arn.split(':')[5] === undefined;
  return isOpen || (on === 'object') === arn.split(':').slice(5).join(':').replace(/^accesspoint\/[^/]*/, '').includes('/');
}

/** Log delivery writes below the number of the account whose logs they are: `AWSLogs/111122223333/`. */
const LOGS_OF_ACCOUNT = /\/AWSLogs\/\d{12}(\/|$)/;

/** What is so of every policy of S3. */
const OF_S3 = { on: ['bucket', 'object'], fits, ofAws: ELB_ACCOUNTS } as const;

/** The policy of a bucket, and whether something outside of it stands in the way at present. */
export const BUCKET_POLICY: ResourcePolicy = { ...OF_S3, property: 'PolicyDocument', namesOwner: LOGS_OF_ACCOUNT, remark: blockedAtPresent };

/** The policy of an access point, of one Region or many: another way to the bucket. */
const ACCESS_POINT_POLICY: ResourcePolicy = { ...OF_S3, property: 'Policy' };

/** The policy of an access point with a function: of the same actions, under a name of their own. */
const OBJECT_LAMBDA_POLICY: ResourcePolicy = { property: 'PolicyDocument', on: ['object lambda'] };

/** By where the policy stands in a resource. */
export const ACCESS_POINT_POLICIES: readonly ResourcePolicy[] = [
  { ...ACCESS_POINT_POLICY, of: ['AWS::S3::AccessPoint', 'AWS::S3::MultiRegionAccessPointPolicy'] },
  { ...OBJECT_LAMBDA_POLICY, of: ['AWS::S3ObjectLambda::AccessPointPolicy'] },
];

export const S3_POLICIES: readonly ResourcePolicy[] = [{ ...BUCKET_POLICY, of: ['AWS::S3::BucketPolicy'] }, ...ACCESS_POINT_POLICIES];

function blockedAtPresent(policy: TemplateResource): string {
  const block = targetOf(policy.get('Bucket'))?.get('PublicAccessBlockConfiguration', 'RestrictPublicBuckets').literal();
  return block?.kind === 'value' && block.isTrue ? '; blocked at present by RestrictPublicBuckets' : '';
}

/** A statement for whom a limit names: access points of an account, an organization, a network. */
export function isForWhomALimitNames({ conditions }: Statement): boolean {
  return conditions.some(({ key, operator, values }) => !operator.negated && values.length > 0 && ['account', 'network', 'service'].includes(conditionKey(key)?.owner ?? ''));
}
