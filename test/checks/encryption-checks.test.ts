import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fn, Stack, Validations } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { EncryptedBucket, EncryptionChecks } from '../../src';
import { RULES } from '../../src/checks/rule-table';
import { rulesMarkdown } from '../../src/checks/rules-markdown';
import { stack } from '../support/stack';

function findings(scope: Stack): Array<[rule: string, path?: string]> {
  return new EncryptionChecks().validateScope(scope).violations
    .flatMap(({ ruleName, violatingResources }) => violatingResources.map(({ constructPath }): [string, string?] => [ruleName, constructPath]));
}

test('a plain bucket has two findings, with the construct\'s path', () => {
  const scope = stack();
  new s3.Bucket(scope, 'Bucket');
  expect(findings(scope)).toEqual([
    ['Encryption-S3BucketCustomerKey', 'Stack/Bucket/Resource'],
    ['Encryption-S3BucketTlsOnly', 'Stack/Bucket/Resource'],
  ]);
});

test('an EncryptedBucket and its log bucket have none', () => {
  const scope = stack();
  new EncryptedBucket(scope, 'Bucket');
  expect(findings(scope)).toEqual([]);
});

test('what cannot be known is reported as undetermined', () => {
  const scope = stack();
  new kms.CfnKey(scope, 'Key', { enableKeyRotation: Fn.conditionIf('Prod', true, false) });
  expect(findings(scope)).toEqual([['Encryption-KmsKeyRotation[undetermined]', 'Stack/Key']]);
});

test('a finding can be acknowledged with a reason', () => {
  const scope = stack();
  const bucket = new s3.Bucket(scope, 'Bucket', { enforceSSL: true });
  Validations.of(bucket).acknowledge({ id: 'Encryption-S3BucketCustomerKey', reason: 'Public data' });
  expect(findings(scope)).toEqual([]);
});

test('a second look sees what has changed since the first', () => {
  const scope = stack();
  const pack = new EncryptionChecks();
  expect(pack.validateScope(scope).success).toBe(true);
  new s3.Bucket(scope, 'Bucket');
  expect(pack.validateScope(scope).success).toBe(false);
});

test('the pack tells its rules', () => {
  expect(new EncryptionChecks().ruleIds).toEqual(RULES.map(({ id }) => id));
  expect(new EncryptionChecks().readPackName).toBe('Encryption');
});

test('RULES.md is what the table says: run `npx projen rules`', () => {
  expect(readFileSync(join(__dirname, '../../RULES.md'), 'utf8')).toBe(rulesMarkdown());
});
