import * as iam from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import { ServiceAccess } from './service-access';
import type { ServiceSourceOptions } from './service-access-options';
import { knownAtSynth } from '../private/tokens';

/** Services for which CDK integrations (`SqsDestination`, `SqsSubscription`, `SqsQueue` target …) write into a key's policy. */
const ACCESS_BY_SERVICE: Record<string, (options: ServiceSourceOptions) => ServiceAccess> = {
  's3.amazonaws.com': (options) => ServiceAccess.s3EventNotifications(options),
  'sns.amazonaws.com': (options) => ServiceAccess.sns(options),
  'cloudwatch.amazonaws.com': (options) => ServiceAccess.cloudWatchAlarms(options),
  'events.amazonaws.com': () => ServiceAccess.eventBridge(),
};

const MESSAGE_ACTIONS = /^kms:(Decrypt|Encrypt|ReEncrypt\*|GenerateDataKey\*?)$/;
const SOURCE_CONDITIONS = ['aws:SourceArn', 'aws:SourceAccount'];

/**
 * The exact statements in place of what a CDK integration wrote; `undefined` for every other statement.
 *
 * The integrations write either no condition at all, so that anybody's bucket may use the key, or the ARN of a source that
 * this key encrypts, which is a circle that CloudFormation refuses (aws/aws-cdk#17786, #35418). EventBridge events are
 * lost with either condition that they write. A statement with a Sid is somebody's own, and left alone.
 */
export function serviceAccessFor(statement: iam.PolicyStatement, scope: IConstruct): iam.PolicyStatement[] | undefined {
  const [principal, ...others] = statement.principals;
  if (statement.sid || statement.effect !== iam.Effect.ALLOW || others.length > 0 || !(principal instanceof iam.ServicePrincipal)) {
    return undefined;
  }
  const access = ACCESS_BY_SERVICE[principal.service];
  const conditions: Record<string, Record<string, unknown>> = statement.conditions;
  const keys = Object.values(conditions).flatMap((operands) => Object.keys(operands));
  const integration = access !== undefined
    && statement.actions.every((action) => MESSAGE_ACTIONS.test(action))
    && keys.every((key) => SOURCE_CONDITIONS.includes(key));
  if (!integration) { return undefined; }
  return access(knownSources(conditions)).statements(scope);
}

/** What of the conditions can stay: text, which refers to no resource. */
function knownSources(conditions: Record<string, Record<string, unknown>>): ServiceSourceOptions {
  const values = (key: string) => Object.values(conditions)
    .flatMap((operands) => operands[key] ?? [])
    .flatMap((value) => (typeof value === 'string' ? knownAtSynth(value) ?? [] : []));
  const sourceArns = values('aws:SourceArn');
  return { sourceArns: sourceArns.length > 0 ? sourceArns : undefined, sourceAccount: values('aws:SourceAccount')[0] };
}
