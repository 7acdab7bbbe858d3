import * as iam from 'aws-cdk-lib/aws-iam';
import { ENCRYPT_DECRYPT_ACTIONS } from './actions';

/** Where a key lives: what the Regional parts of its policy are made of. Each may be a token. */
export interface KeyEnvironment {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  readonly urlSuffix: string;
}

/** On whose behalf a service may use a key. */
export interface Source {
  readonly arns?: string[];
  readonly account?: string;
  readonly organization?: string;
}

type Conditions = Record<string, Record<string, unknown>>;

/**
 * The confused-deputy conditions: the resource, and the account or organization, for which the service acts.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html#cross-service-confused-deputy-prevention
 */
export function sourceConditions(source: Source, env: KeyEnvironment): Conditions {
  const owner = source.organization
    ? { 'aws:SourceOrgID': source.organization }
    : { 'aws:SourceAccount': source.account ?? env.account };
  return {
    StringEquals: owner,
    ...(source.arns && source.arns.length > 0 && { ArnLike: { 'aws:SourceArn': source.arns } }),
  };
}

/** Lets a service principal use the key under conditions. */
export function allowService(sid: string, service: string, actions: readonly string[], conditions: Conditions): iam.PolicyStatement {
  return new iam.PolicyStatement({
    sid,
    principals: [new iam.ServicePrincipal(service)],
    actions: [...actions],
    resources: ['*'],
    conditions,
  });
}

/** Allows any principal of an account to use the key through the service, if IAM allows that principal to use the service. */
export function allowViaService(sid: string, services: string[], account: string): iam.PolicyStatement[] {
  const conditions = { StringEquals: { 'kms:ViaService': services, 'kms:CallerAccount': account } };
  return [
    new iam.PolicyStatement({
      sid,
      principals: [new iam.AnyPrincipal()],
      actions: [...ENCRYPT_DECRYPT_ACTIONS],
      resources: ['*'],
      conditions,
    }),
    new iam.PolicyStatement({
      sid: `${sid}Grants`,
      principals: [new iam.AnyPrincipal()],
      actions: ['kms:CreateGrant'],
      resources: ['*'],
      conditions: { ...conditions, Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    }),
  ];
}
