import { join } from 'node:path';
import { App, IPropertyInjector, PropertyInjectors, Stack, Stage, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import {
  BucketEncryptionAtRest, BucketTlsOnly, DatabaseTlsOnly, EncryptedBucket, EncryptedQueue, EncryptionChecks, EncryptionDefaults,
  EncryptionDefaultsOptions, EncryptionKey,
  InsecureCode, InsecureProps, KeyRotation, ListenerTls, MultiRegionKey, QueueEncryptionAtRest, QueueTlsOnly,
} from '../../src';
import { RULES } from '../../src/checks/rule-table';
import { ENV, propertiesOf, stack } from '../support/stack';

function withDefaults(options: EncryptionDefaultsOptions = {}): Stack {
  const app = new App();
  EncryptionDefaults.of(app).apply(options);
  return stack(ENV, 'Stack', app);
}

const warnings = (scope: Stack) => (scope.node.root as App).synth().getStackByName('Stack').messages.map(({ entry }) => String(entry.data));
/** Buckets and queues are encrypted when the app is synthesized. */
const synthesized = (scope: Stack): Stack => { (scope.node.root as App).synth(); return scope; };
/** Findings about encryption; what else is good to have is not the business of defaults and mixins. */
const findings = (scope: Stack) => new EncryptionChecks().validateScope(synthesized(scope)).violations.map(({ ruleName }) => ruleName)
  .filter((id) => RULES.some((rule) => id.startsWith(rule.id) && rule.severity === 'error' && ['key', 'at rest', 'in transit'].includes(rule.guards)));

test('plain buckets, queues, keys and listeners pass EncryptionChecks', () => {
  const scope = withDefaults();
  new s3.Bucket(scope, 'Bucket');
  new sqs.Queue(scope, 'Queue');
  new kms.Key(scope, 'Key');
  const alb = new elbv2.ApplicationLoadBalancer(scope, 'Alb', { vpc: new ec2.Vpc(scope, 'Vpc') });
  alb.addListener('Https', { port: 443, certificates: [elbv2.ListenerCertificate.fromArn('arn:aws:acm:us-east-1:111122223333:certificate/abc')], defaultAction: elbv2.ListenerAction.fixedResponse(200) });
  alb.addRedirect();
  expect(findings(scope)).toEqual([]);
});

test('a bucket comes out as an EncryptedBucket does: SSE-C blocked, uploads under another key denied', () => {
  const scope = withDefaults();
  new s3.Bucket(scope, 'Bucket');
  new s3.Bucket(scope, 'NoBucketKey', { bucketKeyEnabled: false });
  const template = Template.fromStack(scope);
  const [rule, other] = Object.values(template.findResources('AWS::S3::Bucket'))
    .map(({ Properties }) => Properties.BucketEncryption.ServerSideEncryptionConfiguration[0]);
  expect(rule).toMatchObject({ BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] }, BucketKeyEnabled: true });
  expect(other.BucketKeyEnabled).toBe(false);
  const [policy] = Object.values(template.findResources('AWS::S3::BucketPolicy'));
  expect(policy.Properties.PolicyDocument.Statement.map(({ Sid }: { Sid: string }) => Sid)).toEqual(expect.arrayContaining(['DenyOtherEncryption', 'DenyOtherKey', 'DenyKmsWithoutKey']));
});

test('a stack has one shared key, each stack its own', () => {
  const app = new App();
  EncryptionDefaults.of(app).apply();
  const scopes = ['A', 'B'].map((id) => stack(ENV, id, app));
  for (const scope of scopes) {
    new s3.Bucket(scope, 'Bucket');
    new sqs.Queue(scope, 'Queue');
  }
  for (const scope of scopes) { Template.fromStack(scope).resourceCountIs('AWS::KMS::Key', 1); }
});

test('a key is given, of a multi-Region key the one in the Region', () => {
  const app = new App();
  const keys = stack(ENV, 'Keys', app);
  const encryptionKey = new MultiRegionKey(keys, 'Key', { replicaRegions: ['eu-west-1'] });
  EncryptionDefaults.of(app).apply({ encryptionKey });
  const europe = stack({ ...ENV, region: 'eu-west-1' }, 'Europe', app);
  new s3.Bucket(europe, 'Bucket');
  const { BucketEncryption } = propertiesOf(europe, 'AWS::S3::Bucket');
  expect(BucketEncryption.ServerSideEncryptionConfiguration[0].ServerSideEncryptionByDefault.KMSMasterKeyID)
    .toEqual(europe.resolve(encryptionKey.replicas[0].keyArn));
});

test('constructs of this library are as they are without defaults', () => {
  const make = (scope: Stack) => {
    new EncryptedBucket(scope, 'Bucket');
    new EncryptedQueue(scope, 'Queue');
    new EncryptionKey(scope, 'Key');
    return Template.fromStack(scope).toJSON();
  };
  expect(make(withDefaults())).toEqual(make(stack(ENV)));
});

test('another injector of the scope goes first', () => {
  const app = new App();
  const naming: IPropertyInjector = {
    constructUniqueId: s3.Bucket.PROPERTY_INJECTION_ID,
    inject: (props, { id }) => ({ ...props, bucketName: `acme-${id.toLowerCase()}` }),
  };
  PropertyInjectors.of(app).add(naming);
  EncryptionDefaults.of(app).apply();
  const scope = stack(ENV, 'Stack', app);
  new s3.Bucket(scope, 'Uploads');
  expect(propertiesOf(scope, 'AWS::S3::Bucket')).toMatchObject({ BucketName: 'acme-uploads', BucketEncryption: expect.anything() });
});

test('a database is encrypted only where it is named, because a live one would be replaced', () => {
  const scope = withDefaults({ replaceableDatabases: ['Stack/New'] });
  const vpc = new ec2.Vpc(scope, 'Vpc');
  const engine = rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_17_9 });
  new rds.DatabaseInstance(scope, 'New', { engine, vpc });
  new rds.DatabaseInstance(scope, 'Live', { engine, vpc });
  const databases = Object.entries(Template.fromStack(scope).findResources('AWS::RDS::DBInstance'));
  const encrypted = Object.fromEntries(databases.map(([id, { Properties }]) => [id.slice(0, 3), Properties.StorageEncrypted]));
  expect(encrypted).toEqual({ New: true, Liv: undefined });
  expect(warnings(scope).join()).toMatch(/Stack\/Live: its storage is left as it is.*replaceableDatabases/);
});

describe('insecure code', () => {
  const cases: Array<[string, (scope: Stack) => unknown, RegExp]> = [
    ['a bucket that speaks plain HTTP', (scope) => new s3.Bucket(scope, 'It', { enforceSSL: false }), /^Stack\/It: 'enforceSSL' cannot be false/],
    ['a public bucket', (scope) => new s3.Bucket(scope, 'It', { blockPublicAccess: s3.BlockPublicAccess.BLOCK_ACLS }), /'blockPublicAccess' cannot be/],
    ['a bucket under S3\'s own keys', (scope) => new s3.Bucket(scope, 'It', { encryption: s3.BucketEncryption.S3_MANAGED }), /'encryption' cannot be 'S3_MANAGED'/],
    ['a queue under the AWS-managed key', (scope) => new sqs.Queue(scope, 'It', { encryption: sqs.QueueEncryption.KMS_MANAGED }), /'encryption' cannot be 'KMS_MANAGED'/],
    ['a key that does not rotate', (scope) => new kms.Key(scope, 'It', { enableKeyRotation: false }), /'enableKeyRotation' cannot be false/],
    ['a database with a public address', (scope) => new rds.DatabaseInstance(scope, 'It', {
      engine: rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_17_9 }), vpc: new ec2.Vpc(scope, 'Vpc'), publiclyAccessible: true,
    }), /'publiclyAccessible' cannot be true/],
    ['a listener that forwards plain HTTP', (scope) => new elbv2.ApplicationLoadBalancer(scope, 'Alb', { vpc: new ec2.Vpc(scope, 'Vpc') })
      .addListener('It', { port: 80, defaultAction: elbv2.ListenerAction.fixedResponse(200) }), /Stack\/Alb\/It: 'protocol' cannot be HTTP/],
    ['a log bucket under KMS', (scope) => new s3.Bucket(scope, 'It', {
      serverAccessLogsBucket: new s3.Bucket(scope, 'Logs', { encryptionKey: new kms.Key(scope, 'LogKey') }),
    }), /'serverAccessLogsBucket' cannot be Stack\/Logs/],
  ];

  test.each(cases)('%s is an error', (_, make, message) => {
    const scope = withDefaults();
    make(scope);
    expect(() => synthesized(scope)).toThrow(message);
  });

  test.each(cases)('%s is left and reported, where the caller says so', (_, make, message) => {
    const scope = withDefaults({ insecureProps: InsecureProps.WARN });
    make(scope);
    expect(warnings(scope).join('\n')).toMatch(new RegExp(message.source.replace('^', '')));
  });

  test.each([
    { insecureCode: InsecureCode.REPORT }, { insecureCode: InsecureProps.WARN as never }, { insecureProps: InsecureCode.REPORT as never },
    { insecureProps: InsecureProps.WARN, insecureCode: InsecureCode.REPORT },
  ])('is left by the former names too: %j', (options) => {
    const scope = withDefaults(options);
    new s3.Bucket(scope, 'It', { enforceSSL: false });
    expect(warnings(scope).join('\n')).toContain("Stack/It: 'enforceSSL' cannot be false");
  });

  test.each([{ insecureProps: InsecureProps.ERROR }, { insecureCode: InsecureCode.REFUSE }, {}])('is an error with %j', (options) => {
    const scope = withDefaults(options);
    new s3.Bucket(scope, 'It', { enforceSSL: false });
    expect(() => synthesized(scope)).toThrow("Stack/It: 'enforceSSL' cannot be false");
  });

  test('two names of the option that contradict each other are an error', () => {
    expect(() => withDefaults({ insecureProps: InsecureProps.ERROR, insecureCode: InsecureCode.REPORT }))
      .toThrow("the app: 'insecureProps' is 'ERROR' and 'insecureCode', its former name, is 'REPORT'. Leave 'insecureCode' out. [InsecurePropsTwice]");
  });

  test('is left where its path is an exception with a reason', () => {
    const scope = withDefaults({ exceptions: [{ path: 'Stack/Logs', reason: 'Receives access logs' }] });
    new s3.Bucket(scope, 'Bucket', { serverAccessLogsBucket: new s3.Bucket(scope, 'Logs', { encryption: s3.BucketEncryption.S3_MANAGED }) });
    const logs = Object.entries(Template.fromStack(scope).findResources('AWS::S3::Bucket')).find(([id]) => id.startsWith('Logs'))![1];
    expect(logs.Properties.BucketEncryption.ServerSideEncryptionConfiguration[0].ServerSideEncryptionByDefault).toEqual({ SSEAlgorithm: 'AES256' });
    expect(scope.node.root.node.metadata.map(({ data }) => data)).toContainEqual({ path: 'Stack/Logs', reason: 'Receives access logs' });
  });

  describe('a path under which nothing is made is a warning', () => {
    const bucketNamedLogs = (options: EncryptionDefaultsOptions) => {
      const scope = withDefaults(options);
      new s3.Bucket(scope, 'Logs');
      return warnings(scope).join('\n');
    };

    test('with the path that was meant', () => {
      expect(bucketNamedLogs({ exceptions: [{ path: 'Stack/Log', reason: 'Receives access logs' }] }))
        .toContain("'exceptions' names Stack/Log, and nothing that EncryptionDefaults would change is made there. Did you mean Stack/Logs?");
    });

    test('for databases too', () => {
      expect(bucketNamedLogs({ replaceableDatabases: ['Stack/Database'] }))
        .toContain("'replaceableDatabases' names Stack/Database, and nothing that EncryptionDefaults would change is made there. Take it out.");
    });

    test('on standard error where the app has stages only, whose stacks are written before', () => {
      const shown = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
      const app = new App();
      EncryptionDefaults.of(app).apply({ exceptions: [{ path: 'Prod/Stack/Log', reason: 'Receives access logs' }] });
      new s3.Bucket(new Stack(new Stage(app, 'Prod'), 'Stack'), 'Logs');
      app.synth();
      expect(shown).toHaveBeenCalledWith(expect.stringContaining('Did you mean Prod/Stack/Logs?'), { code: 'cdk-encryption-constructs:PathMatchesNothing' });
      shown.mockRestore();
    });

    test('but not where something is made, nor where it is acknowledged', () => {
      expect(bucketNamedLogs({ exceptions: [{ path: 'Stack/Logs', reason: 'Receives access logs' }] })).not.toContain('nothing that EncryptionDefaults');
      const app = new App();
      EncryptionDefaults.of(app).apply({ exceptions: [{ path: 'Stack/Later', reason: 'Comes with the next release' }] });
      Validations.of(app).acknowledge({ id: 'cdk-encryption-constructs:PathMatchesNothing', reason: 'It does' });
      expect(warnings(stack(ENV, 'Stack', app)).join()).not.toContain('nothing that EncryptionDefaults');
    });
  });

  test('an exception without a reason is an error', () => {
    expect(() => withDefaults({ exceptions: [{ path: 'Stack/Logs', reason: ' ' }] })).toThrow(/'exceptions' has Stack\/Logs without a reason/);
  });
});

test('a template written by hand, included and then protected by mixins, passes EncryptionChecks', () => {
  const scope = stack(ENV);
  new CfnInclude(scope, 'Included', { templateFile: join(__dirname, 'by-hand.yaml') });
  const key = new EncryptionKey(scope, 'Key');
  scope.with(
    new KeyRotation(), new BucketEncryptionAtRest(key), new BucketTlsOnly(), new QueueEncryptionAtRest(key), new QueueTlsOnly(),
    new DatabaseTlsOnly(), new ListenerTls(),
  );
  expect(findings(scope)).toEqual([]);
});

describe('the denial of uploads that name aws:kms and no key, which plain buckets allow', () => {
  const two = (scope: Stack) => ['One', 'Two'].forEach((id) => new s3.Bucket(scope, id));

  test('is a warning of the stack under EncryptionDefaults, once', () => {
    const scope = stack(ENV);
    EncryptionDefaults.of(scope).apply();
    two(scope);
    expect(warnings(scope).filter((message) => /aws s3 cp --sse aws:kms/.test(message))).toHaveLength(1);
  });

  test('is said once for an app, until it is acknowledged', () => {
    const shown = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    const said = (acknowledged: boolean) => {
      shown.mockClear();
      const app = new App();
      if (acknowledged) { Validations.of(app).acknowledge({ id: 'cdk-encryption-constructs:UploadsMustNameKey', reason: 'No client sends the header.' }); }
      EncryptionDefaults.of(app).apply();
      two(stack(ENV, 'Stack', app));
      app.synth();
      return shown.mock.calls.filter(([message]) => /aws s3 cp --sse aws:kms/.test(String(message))).length;
    };
    expect([said(false), said(true)]).toEqual([1, 0]);
    shown.mockRestore();
  });

  test('is not said where no bucket is put under a key', () => {
    const scope = stack(ENV);
    EncryptionDefaults.of(scope).apply();
    expect(warnings(scope).join()).not.toMatch(/aws:kms/);
  });
});
