import { ELBV2_RULES } from '../elasticloadbalancingv2/rules';
import { KMS_RULES } from '../kms/rules';
import { RDS_RULES } from '../rds/rules';
import type { Rule } from '../rules/rule';
import { S3_RULES } from '../s3/rules';
import { SQS_RULES } from '../sqs/rules';

/** Every rule, service by service: what the pack loops over, the command line runs and RULES.md lists. */
export const RULES: readonly Rule[] = [...KMS_RULES, ...S3_RULES, ...SQS_RULES, ...RDS_RULES, ...ELBV2_RULES];

/** Resource type → the rules for it. */
export function rulesByType(rules: readonly Rule[]): ReadonlyMap<string, readonly Rule[]> {
  const found = new Map<string, Rule[]>();
  for (const rule of rules) {
    for (const type of rule.resourceTypes) { found.set(type, [...(found.get(type) ?? []), rule]); }
  }
  return found;
}

/** The prefix of every rule id, which is also the name of the pack. */
export const PACK_NAME = 'Encryption';
