import { CfnResource, Stack } from 'aws-cdk-lib';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { StageModel } from './read-stage';
import { statementsOf } from './statement-order';
import { FLOWS } from '../events/flows';
import type { TemplateResource } from '../template/template';

/**
 * Limits EventBridge in a queue's policy to the rules that send to the queue, as it is for a queue without a key: the CDK leaves the condition out as
 * soon as a queue has one. The rule is known to SQS, whatever KMS is told.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sqs-permissions
 */
export function limitEventBridge(queue: TemplateResource | undefined, model: StageModel): void {
  if (queue?.type !== 'AWS::SQS::Queue') { return; }
  // Every rule, and not one for the service.
  const flows = FLOWS.flatMap((declaration) => declaration.find(model.estate)).filter(({ target }) => target === queue);
  const rules = flows.filter(({ by }) => by.type === 'AWS::Events::Rule').map(({ by }) => model.constructOf(by));
  const policies = flows.filter(({ by }) => by.type === 'AWS::SQS::QueuePolicy').map(({ by }) => model.constructOf(by));
  for (const policy of new Set(policies)) {
    if (!policy) { continue; }
    const own = rules.filter((rule): rule is CfnResource & { attrArn: string } => rule !== undefined && Stack.of(rule) === Stack.of(policy));
    // A rule of another stack cannot be named without a circle: the statement stays as wide as the CDK has written it.
    if (own.length === 0 || own.length < rules.length) { continue; }
    unlimited(policy).forEach((statement) => statement.addCondition('ArnEquals', { 'aws:SourceArn': [...new Set(own.map(({ attrArn }) => attrArn))] }));
  }
}

/** Statements that allow EventBridge to send, for whatever rule. */
function unlimited(policy: CfnResource): PolicyStatement[] {
  return statementsOf(policy).filter(({ effect, principals, conditions, frozen }) => effect === iam.Effect.ALLOW && !frozen
    && Object.keys(conditions).length === 0
    && principals.length > 0 && principals.every((principal) => principal instanceof iam.ServicePrincipal && principal.service === 'events.amazonaws.com'));
}
