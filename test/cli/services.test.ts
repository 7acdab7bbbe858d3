import { App, Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as sns from 'aws-cdk-lib/aws-sns';
import { EncryptionChecks } from '../../src';
import { cdkEncryption } from '../support/command-line';

const TOPIC_AND_TABLE = 'Resources:\n  Topic: {Type: AWS::SNS::Topic}\n  Table: {Type: AWS::DynamoDB::Table}\n  Queue: {Type: AWS::SQS::Queue}\n';
const json = (args: string[], files: Record<string, string | object> = {}) =>
  JSON.parse(cdkEncryption(['check', 't.yaml', '--format', 'json', ...args], { files: { 't.yaml': TOPIC_AND_TABLE, ...files } }).out).findings as Array<{ logicalId: string; rule: string }>;
const resources = (found: ReadonlyArray<{ logicalId: string }>) => [...new Set(found.map(({ logicalId }) => logicalId))].sort();

test('all services count, unless some are chosen by an option or a setting', () => {
  expect(resources(json([]))).toEqual(['Queue', 'Table', 'Topic']);
  expect(resources(json(['--services', 'sns,dynamodb']))).toEqual(['Table', 'Topic']);
  expect(resources(json(['--services', 'SQS']))).toEqual(['Queue']);
  expect(resources(json([], { '.cdk-encryption.json': { services: ['dynamodb'] } }))).toEqual(['Table']);
  expect(resources(json(['--services', 'sns'], { '.cdk-encryption.json': { services: ['dynamodb'] } }))).toEqual(['Topic']);
});

test.each(['sqs', 'SQS', 'aws-sqs', 'aws_sqs', 'AWS::SQS', 'AWS::SQS::Queue'])('a service may be called %s', (name) => {
  expect(resources(json(['--services', name]))).toEqual(['Queue']);
});

test('a service that does not exist is refused, with the one that is meant', () => {
  const { code, err } = cdkEncryption(['check', 't.yaml', '--services', 'dynamo'], { files: { 't.yaml': TOPIC_AND_TABLE } });
  expect(code).toBe(2);
  expect(err).toContain("cdk-encryption: unknown service 'dynamo'; did you mean dynamodb?");
});

test('rules lists those of the chosen services', () => {
  const { out } = cdkEncryption(['rules', '--services', 'dynamodb']);
  expect(out).toContain('Encryption-DynamoDbTableCustomerKey');
  expect(out).not.toContain('Encryption-SnsTopicCustomerKey');
});

test('the pack takes the same setting', () => {
  const scope = new Stack(new App(), 'Stack');
  new sns.CfnTopic(scope, 'Topic');
  new dynamodb.CfnTable(scope, 'Table', { keySchema: [] });
  const checks = (services?: string[]) => new EncryptionChecks(undefined, { services });
  const found = (services?: string[]) => checks(services).validateScope(scope).violations.map(({ ruleName }) => ruleName);
  expect(found()).toEqual(expect.arrayContaining(['Encryption-SnsTopicCustomerKey', 'Encryption-DynamoDbTableCustomerKey']));
  expect(found(['dynamodb'])).toEqual(['Encryption-DynamoDbTableCustomerKey']);
  expect(found(['aws-dynamodb'])).toEqual(found(['dynamodb']));
  expect(() => new EncryptionChecks(undefined, { services: [] })).toThrow(/'services' is an empty list, so that nothing would be checked.*\[NoServices\]$/);
  expect(() => new EncryptionChecks(undefined, { services: ['dynamo'] })).toThrow(/'services' has an unknown service 'dynamo'; did you mean dynamodb\?.*\[UnknownService\]$/);
});

describe('resources of which the same is to be said', () => {
  const topics = (count: number) => Array.from({ length: count }, (_, index) => `  Topic${index}: {Type: AWS::SNS::Topic}\n`).join('');
  const many = (count: number) => `Resources:\n${topics(count)}  Table: {Type: AWS::DynamoDB::Table}\n`;
  const text = (count: number, ...args: string[]) => cdkEncryption(['check', 't.yaml', '--services', 'sns,dynamodb', ...args], { files: { 't.yaml': many(count) } }).out;

  test('are told once, with the names of all', () => {
    const out = text(5);
    expect(out.match(/Encryption-SnsTopicCustomerKey:/g)).toHaveLength(1);
    expect(out).toContain('and 4 more of which the same is to be said: Topic1, Topic2, Topic3, Topic4');
    expect(out.match(/Encryption-DynamoDbTableCustomerKey:/g)).toHaveLength(1);
    expect(out).toMatch(/11 warnings/);
  });

  test('are told one by one where they are few, or where everything is asked for', () => {
    expect(text(2).match(/Encryption-SnsTopicCustomerKey:/g)).toHaveLength(2);
    expect(text(5, '--verbose').match(/Encryption-SnsTopicCustomerKey:/g)).toHaveLength(5);
  });
});
