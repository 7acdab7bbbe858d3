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

/** The policy of a bucket, and whether something outside of it stands in the way at present. */
export const BUCKET_POLICY: ResourcePolicy = { property: 'PolicyDocument', on: ['bucket', 'object'], fits, namesOwner: LOGS_OF_ACCOUNT, remark: blockedAtPresent };

/** The policy of an access point: another way to the bucket. */
export const ACCESS_POINT_POLICY: ResourcePolicy = { property: 'Policy', on: ['bucket', 'object'], fits };

function blockedAtPresent(policy: TemplateResource): string {
  const block = targetOf(policy.get('Bucket'))?.get('PublicAccessBlockConfiguration', 'RestrictPublicBuckets').literal();
  return block?.kind === 'value' && block.isTrue ? '; blocked at present by RestrictPublicBuckets' : '';
}

/** A statement for whom a limit names: access points of an account, an organization, a network. */
export function isForWhomALimitNames({ conditions }: Statement): boolean {
  return conditions.some(({ key, operator, values }) => !operator.negated && values.length > 0 && ['account', 'network', 'service'].includes(conditionKey(key)?.owner ?? ''));
}
