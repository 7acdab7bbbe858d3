import { App, Mixins, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { BucketEncryptionAtRest, DatabaseTlsOnly, EncryptionDefaults, EncryptionKey, InsecureProps, QueueEncryptionAtRest } from '../../src';
import { ENV, stack } from '../support/stack';

/** What a trial on public apps found (docs/proof.md), as small apps. */
type Json = Record<string, any>;

const resources = (scope: Stack, type: string): Json[] => Object.values(Template.fromStack(scope).toJSON().Resources as Json)
  .filter(({ Type }) => Type === type);
const messages = (scope: Stack): string[] => {
  const root = Stage.of(scope) as Stage;
  return root.synth().getStackArtifact(scope.artifactId).messages.map(({ entry }) => String(entry.data));
};

function withDefaults(options = {}): Stack {
  const app = new App();
  EncryptionDefaults.of(app).apply(options);
  return stack(ENV, 'Stack', app);
}

describe("a bucket that the code keeps under S3's own keys", () => {
  const logs = (scope: Stack) => new s3.Bucket(scope, 'Logs', { encryption: s3.BucketEncryption.S3_MANAGED });

  test('is right for access logs, which cannot be delivered under a key', () => {
    const scope = withDefaults();
    new s3.Bucket(scope, 'Data', { serverAccessLogsBucket: logs(scope) });
    expect(messages(scope).filter((text) => text.includes('Stack/Logs'))).toEqual([]);
    const [{ Properties }] = resources(scope, 'AWS::S3::Bucket').filter((bucket) => !bucket.Properties.LoggingConfiguration);
    expect(JSON.stringify(Properties.BucketEncryption)).toContain('AES256');
  });

  test('is an error where nobody needs that', () => {
    const scope = withDefaults();
    logs(scope);
    expect(() => messages(scope)).toThrow(/^Stack\/Logs: 'encryption' cannot be 'S3_MANAGED'.*exceptions: \[\{ path: 'Stack\/Logs'.*\[BucketNeedsCustomerKey\]$/);
  });

  test('is a warning where the defaults only warn', () => {
    const scope = withDefaults({ insecureProps: InsecureProps.WARN });
    logs(scope);
    expect(messages(scope).join('\n')).toContain("Stack/Logs: 'encryption' cannot be 'S3_MANAGED'");
  });
});

test('a parameter group that no database uses yet stays the group of a cluster', () => {
  const scope = withDefaults();
  const engine = rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.VER_16_4 });
  const parameterGroup = new rds.ParameterGroup(scope, 'Group', { engine, parameters: { log_statement: 'all' } });
  const writer = rds.ClusterInstance.serverlessV2('w');
  new rds.DatabaseCluster(scope, 'Db', { vpc: new ec2.Vpc(scope, 'Vpc'), engine, writer, storageEncrypted: true, parameterGroup });
  expect(resources(scope, 'AWS::RDS::DBParameterGroup')).toEqual([]);
  expect(resources(scope, 'AWS::RDS::DBClusterParameterGroup').map(({ Properties }) => Properties.Parameters))
    .toEqual([expect.objectContaining({ 'log_statement': 'all', 'rds.force_ssl': '1' })]);
});

test('a parameter group that turns TLS off is an error before a database uses it', () => {
  const scope = withDefaults();
  const engine = rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_16 });
  const parameterGroup = new rds.ParameterGroup(scope, 'Group', { engine, parameters: { 'rds.force_ssl': '0' } });
  new rds.DatabaseInstance(scope, 'Db', { vpc: new ec2.Vpc(scope, 'Vpc'), engine, storageEncrypted: true, parameterGroup });
  expect(() => messages(scope)).toThrow(/Stack\/Db: 'parameterGroup' cannot set rds.force_ssl to '0'.*\[DatabaseMustRequireTls\]/s);
});

describe('DatabaseTlsOnly', () => {
  const group = (family: string) => {
    const scope = stack(ENV);
    const made = new rds.CfnDBParameterGroup(scope, 'Group', { family, description: 'x' });
    return { scope, made };
  };

  test('leaves a parameter group of Oracle, which requires encryption by an option', () => {
    const { scope, made } = group('oracle-ee-19');
    Mixins.of(scope).apply(new DatabaseTlsOnly());
    made.with(new DatabaseTlsOnly());
    expect(messages(scope)).toEqual([]);
  });

  test('leaves a group of an engine that cannot require TLS with a warning, and refuses it by itself', () => {
    const { scope, made } = group('mysql5.6');
    expect(() => made.with(new DatabaseTlsOnly())).toThrow(/'mysql5.6' has no known parameter that requires TLS. Give as text.*\[EngineCannotRequireTls\]$/);
    Mixins.of(scope).apply(new DatabaseTlsOnly());
    expect(messages(scope).join('\n')).toMatch(/Stack\/Group is left as it was, not limited to TLS/);
  });

  test.each([
    ['postgres', '14.2', undefined, true],
    ['postgres', '16.3', undefined, false],
    ['postgres', '14.2', 'default.postgres14', true],
    ['postgres', '14.2', 'mine', false],
    ['oracle-ee', '19', undefined, true],
  ])('says that the default group of %s %s (named %s) does not require TLS: %s', (engine, engineVersion, dbParameterGroupName, told) => {
    const scope = stack(ENV);
    new rds.CfnDBInstance(scope, 'Db', { engine, engineVersion, dbParameterGroupName });
    Mixins.of(scope).apply(new DatabaseTlsOnly());
    expect(messages(scope).some((text) => /Stack\/Db does not require TLS: it has no (parameter|option) group of its own/.test(text))).toBe(told);
  });
});

describe('mixins over a tree with a Stage of another Region', () => {
  const tree = () => {
    const app = new App();
    const outer = stack(ENV, 'Pipeline', app);
    const inner = new Stack(new Stage(outer, 'Prod', { env: { account: ENV.account, region: 'eu-west-1' } }), 'App');
    new sqs.Queue(inner, 'Queue');
    new s3.Bucket(inner, 'Bucket');
    return { outer, inner };
  };
  const apply = (scope: Stack) => {
    const key = new EncryptionKey(scope, 'Key');
    Mixins.of(scope).apply(new BucketEncryptionAtRest(key), new QueueEncryptionAtRest(key));
  };

  test('leave what the key cannot encrypt, and say so', () => {
    const { outer, inner } = tree();
    apply(outer);
    const told = messages(inner).join('\n');
    expect(told).toMatch(/Pipeline\/Prod\/App\/Queue is left as it was, not encrypted under the KMS key: it cannot be encrypted under Pipeline\/Key: the key is in us-east-1/);
    expect(told).toMatch(/Pipeline\/Prod\/App\/Bucket is left as it was/);
  });

  test('say nothing where the Stage has a key of its own', () => {
    const { outer, inner } = tree();
    apply(outer);
    apply(inner);
    expect(messages(inner).join('\n')).not.toContain('is left as it was');
    expect(resources(inner, 'AWS::SQS::Queue')[0].Properties.KmsMasterKeyId).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^Key/), 'Arn'] });
  });
});
