import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fullDiff, ResourceImpact } from '@aws-cdk/cloudformation-diff';
import { Mixins, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { BucketEncryptionAtRest, BucketTlsOnly, EncryptionDefaults, EncryptionKey, QueueEncryptionAtRest, QueueTlsOnly } from '../../src';
import { ENV, stack } from '../support/stack';

/** An app with a role, a service, a bucket and a queue; `before` and `after` run around it. */
function templateOf(before: (scope: Stack) => void = () => undefined, after: (scope: Stack) => void = () => undefined): Record<string, any> {
  const scope = stack(ENV);
  before(scope);
  const bucket = new s3.Bucket(scope, 'Bucket');
  const queue = new sqs.Queue(scope, 'Queue');
  new sns.Topic(scope, 'Topic').addSubscription(new subscriptions.SqsSubscription(queue));
  const role = new iam.Role(scope, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  role.addToPolicy(new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [bucket.arnForObjects('*')] }));
  after(scope);
  return Template.fromStack(scope).toJSON();
}

const key = (scope: Stack) => new EncryptionKey(scope, 'TeamKey');
const mixIn = (scope: Stack) => {
  const made = key(scope);
  Mixins.of(scope).apply(new BucketEncryptionAtRest(made), new BucketTlsOnly(), new QueueEncryptionAtRest(made), new QueueTlsOnly());
};

/** Each door, the app under it, and the app when it is taken out of the code. */
describe.each<[door: string, under: Record<string, any>, without: Record<string, any>, keyStays: boolean]>([
  ['EncryptionDefaults', templateOf((scope) => EncryptionDefaults.of(scope).apply()), templateOf(), false],
  ['mixins and their key', templateOf(undefined, mixIn), templateOf(), false],
  ['mixins, while the code keeps the key', templateOf(undefined, mixIn), templateOf(undefined, key), true],
])('when %s are taken out of the code', (_, under, without, keyStays) => {
  const { resources } = fullDiff(under, without);
  const of = (template: Record<string, any>, type: string): any[] => Object.values<any>(template.Resources).filter(({ Type }) => Type === type);
  const keyId = Object.keys(under.Resources).find((id) => under.Resources[id].Type === 'AWS::KMS::Key')!;

  test('the key stays in the account, whatever the code says', () => {
    expect(under.Resources[keyId]).toMatchObject({ DeletionPolicy: expect.stringMatching(/^Retain/), UpdateReplacePolicy: 'Retain' });
    expect(keyId in without.Resources).toBe(keyStays);
  });

  test('no bucket or queue is replaced or removed: what is in them stays, under the key that it was written under', () => {
    const gone: string[] = [];
    resources.forEachDifference((id, change) => {
      if (change.isRemoval && /^AWS::(S3::Bucket|SQS::Queue)$/.test(change.oldResourceType ?? '')) { gone.push(id); }
      if (Object.values(change.propertyUpdates).some(({ changeImpact }) => changeImpact === ResourceImpact.WILL_REPLACE)) { gone.push(id); }
    });
    expect(gone).toEqual([]);
  });

  test('what is written from then on is under the keys of S3 and SQS', () => {
    expect(of(without, 'AWS::S3::Bucket')[0].Properties?.BucketEncryption).toBeUndefined();
    expect(of(without, 'AWS::SQS::Queue')[0].Properties?.KmsMasterKeyId).toBeUndefined();
  });

  test('the grants of roles go, so that they cannot read the old objects any more, and what services were allowed', () => {
    const [policy] = of(under, 'AWS::IAM::Policy');
    expect(JSON.stringify(policy)).toContain('kms:Decrypt');
    expect(JSON.stringify(of(without, 'AWS::IAM::Policy'))).not.toContain('kms:');
    expect(JSON.stringify(under.Resources[keyId])).toContain('sns.amazonaws.com');
    expect(JSON.stringify(without.Resources[keyId] ?? {})).not.toContain('sns.amazonaws.com');
  });

  test('bucket and queue policies accept plain HTTP and other keys again', () => {
    expect(JSON.stringify(of(under, 'AWS::S3::BucketPolicy'))).toContain('DenyOtherKey');
    expect(JSON.stringify([...of(without, 'AWS::S3::BucketPolicy'), ...of(without, 'AWS::SQS::QueuePolicy')])).not.toContain('Deny');
  });
});

test('the page says so', () => {
  const page = readFileSync(join(__dirname, '..', '..', 'docs', 'adoption.md'), 'utf8');
  const [, section] = /## What is left when it is removed\n([\s\S]*?)\n## /.exec(page)!;
  for (const said of [/stay in the account: they are retained/, /stay encrypted under the key/, /S3's and SQS's own keys/, /cannot read the old objects any more/, /plain HTTP and other keys are accepted again/, /services .* key policy/]) {
    expect(section).toMatch(said);
  }
});
