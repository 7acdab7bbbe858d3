import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as library from '../../src';
import { ROOT, run } from '../support/shell';
import { SNIPPETS } from '../support/snippets';

/** What the snippets take for granted, as a person does who reads one inside of a stack. */
const PREAMBLE = `
import { App, Duration, Mixins, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as pipelines from 'aws-cdk-lib/pipelines';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import { ${Object.keys(library).join(', ')} } from '${join(ROOT, 'src')}';
declare const app: App;
declare const stack: Stack;
declare const europeStack: Stack;
declare const vpc: ec2.IVpc;
declare const certificate: acm.ICertificate;
declare const service: elbv2.ApplicationTargetGroup;
declare const uploads: s3.Bucket;
declare const bucket: EncryptedBucket;
declare const keys: Stack;
declare const pipeline: pipelines.CodePipeline;
declare const fileSystem: efs.CfnFileSystem;
declare const america: Stack;
declare const europe: Stack;
declare const distribution: cloudfront.Distribution;
declare const database: EncryptedDatabaseInstance;
declare const cluster: rds.DatabaseCluster;
declare const sourceDatabaseInstance: EncryptedDatabaseInstance;
declare const instanceType: ec2.InstanceType;
declare const engine: rds.IInstanceEngine;
declare const clusterEngine: rds.IClusterEngine;
declare const writer: rds.IClusterInstance;
declare const snapshotIdentifier: string;
declare const snapshotKey: EncryptionKey;
declare const primaryKeyArn: string;
declare const encryptionKey: EncryptionKey;
declare const role: iam.IRole;
declare const keyInIreland: EncryptionKey;
void [dynamodb, Duration, RemovalPolicy, iam, subscriptions, acm];
`;

test('every snippet of the service pages and guides compiles under strict', () => {
  expect(SNIPPETS.length).toBeGreaterThan(20);
  const folder = mkdtempSync(join(tmpdir(), 'snippets-'));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const files = SNIPPETS.map(({ page, n, code }) => {
    const declaresKey = /const key = /.test(code) ? '' : 'const key = encryptionKey;';
    const file = join(folder, `${page.replace(/[^a-z0-9]/gi, '-')}-${n}.ts`);
    writeFileSync(file, `${PREAMBLE}\nclass Snippet extends Stack {\n constructor() {\n super();\n ${declaresKey}\n{\n${code}\n}\n}\n}\nvoid Snippet;\n`);
    return file;
  });
  const options = ['--ignoreConfig', '--noEmit', '--strict', '--skipLibCheck', '--module', 'node16', '--target', 'es2022', '--types', 'node', '--noUnusedLocals', 'false'];
  let output = '';
  try {
    execFileSync(join(ROOT, 'node_modules/.bin/tsc'), [...options, ...files], { encoding: 'utf8', cwd: ROOT });
  } catch (error) {
    output = (error as { stdout: string }).stdout;
  }
  expect(output).toBe('');
}, 120_000);

test('jsii-rosetta, strict, compiles what the README and the API documentation show, and translates it', () => {
  // A copy, because it leaves its tablet beside the assembly.
  const copy = mkdtempSync(join(tmpdir(), 'rosetta-'));
  run(ROOT, 'npx', 'projen', 'compile');
  for (const part of ['.jsii', 'package.json', 'README.md', 'rosetta', 'lib']) { cpSync(join(ROOT, part), join(copy, part), { recursive: true }); }
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  run(ROOT, 'npx', 'jsii-rosetta', 'extract', '--strict', '--compile', copy);
  const samples: any[] = Object.values(JSON.parse(readFileSync(join(copy, '.jsii.tabl.json'), 'utf8')).snippets);
  expect(samples.length).toBeGreaterThanOrEqual(3);
  for (const { didCompile, translations } of samples) {
    expect([didCompile, Object.keys(translations).sort()]).toEqual([true, ['$', 'csharp', 'go', 'java', 'python']]);
  }
}, 180_000);
