import { Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import { EncryptedQueue, MessageSource } from '../../src';

export function ours(stack: Stack, rule: events.IRule): void {
  new EncryptedQueue(stack, 'Orders').allowSendFrom(MessageSource.rule(rule));
}
