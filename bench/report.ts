import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { median } from './compare';
import type { Json } from '../src/template/values';
import { openBrowser, openFile } from '../test/support/browser';

/** The report over 2,400 resources in 40 templates, and a filter over its table in Chromium. Of the processor, so that what else the machine does does not count. */
const TEMPLATES = 40;
const GROUPS = 6;
const RUNS = 3;
const REPORT_AIM_MS = 3000;
const FILTER_AIM_MS = 100;
const MAIN = join(__dirname, '..', 'lib', 'cli', 'main.js');

const arnOf = (name: string) => ({ 'Fn::GetAtt': [name, 'Arn'] });

/** Ten resources under one key, as an app has them, some of them wrong. */
function group(n: string, isOdd: boolean): Json {
  const key = arnOf(`Key${n}`);
  const objects = { 'Fn::Join': ['', [arnOf(`Bucket${n}`), '/*']] };
  const deniesHttp = { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: [arnOf(`Bucket${n}`), objects], Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
  const account = { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' };
  const reads = [{ Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey*'], Resource: key }, { Effect: 'Allow', Action: ['s3:GetObject*', 's3:PutObject'], Resource: objects }];
  const encryption = { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: key } }] };
  const resources: Json = {
    Key: { Type: 'AWS::KMS::Key', Properties: { EnableKeyRotation: !isOdd, KeyPolicy: { Statement: [{ Effect: 'Allow', Principal: { AWS: account }, Action: 'kms:*', Resource: '*' }] } } },
    Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketEncryption: encryption } },
    BucketPolicy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: `Bucket${n}` }, PolicyDocument: { Statement: [deniesHttp] } } },
    Queue: { Type: 'AWS::SQS::Queue', Properties: isOdd ? { SqsManagedSseEnabled: false } : { KmsMasterKeyId: key } },
    Topic: { Type: 'AWS::SNS::Topic', Properties: { KmsMasterKeyId: key } },
    Table: { Type: 'AWS::DynamoDB::Table', Properties: { KeySchema: [], SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: key } } },
    Files: { Type: 'AWS::EFS::FileSystem', Properties: { Encrypted: true, ...(isOdd ? {} : { KmsKeyId: key }) } },
    Function: { Type: 'AWS::Lambda::Function', Properties: { Role: arnOf(`Role${n}`), Environment: { Variables: { A: 'b' } }, KmsKeyArn: key } },
    Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] } } },
    Policy: { Type: 'AWS::IAM::Policy', Properties: { PolicyName: `p${n}`, Roles: [{ Ref: `Role${n}` }], PolicyDocument: { Statement: reads } } },
  };
  return Object.fromEntries(Object.entries(resources).map(([name, resource]) => [`${name}${n}`, resource]));
}

/** Templates in files, in a folder. */
function written(): string {
  const folder = mkdtempSync(join(tmpdir(), 'bench-report-'));
  for (let template = 0; template < TEMPLATES; template++) {
    const resources = Object.assign({}, ...Array.from({ length: GROUPS }, (_, index) => group(`${template}x${index}`, index % 3 === 2)));
    writeFileSync(join(folder, `t${template}.json`), JSON.stringify({ Resources: resources }, undefined, 1));
  }
  return folder;
}

/** Tells, as the last thing, how much of the processor a process took. */
const CLOCK = 'process.on(\'exit\', () => { const { user, system } = process.cpuUsage(); process.stderr.write(String((user + system) / 1000)); });';

function reported(folder: string): { readonly ms: number; readonly cpu: number } {
  const started = performance.now();
  const args = ['--import', `data:text/javascript,${encodeURIComponent(CLOCK)}`, MAIN, 'report', folder, '--commit', 'none', '--format', 'html', '--output', join(folder, 'out')];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) { throw new Error(stderr); }
  return { ms: performance.now() - started, cpu: Number(stderr) };
}

/** Milliseconds from a letter in the search field until the table is laid out anew. */
const filtered = (page: Page, words: string) => page.evaluate(`(() => {
  const search = document.getElementById('search');
  search.value = ${JSON.stringify(words)};
  const started = performance.now();
  search.dispatchEvent(new Event('input'));
  document.body.offsetHeight;
  return performance.now() - started;
})()`) as Promise<number>;

async function main(): Promise<void> {
  const folder = written();
  const runs = Array.from({ length: RUNS }, () => reported(folder));
  const [cpu, ms] = [median(runs.map((run) => run.cpu)), median(runs.map((run) => run.ms))];
  const page = join(folder, 'out', 'cdk-encryption.html');
  const megabytes = (statSync(page).size / 1e6).toFixed(1);
  process.stdout.write(`report over ${TEMPLATES * GROUPS * 10} resources in ${TEMPLATES} templates: ${cpu.toFixed(0)} ms of the processor, ${ms.toFixed(0)} ms by the clock, ${megabytes} MB of HTML; aim ${REPORT_AIM_MS} ms\n`);

  const browser = await openBrowser();
  const { page: opened } = await openFile(browser, page);
  const times: number[] = [];
  for (const words of ['q', 'queue', 'queue 3x', 'nothing like it', '', 'files', '']) { times.push(await filtered(opened, words)); }
  const rows = await opened.$$eval('#resources tbody tr', (found) => found.length);
  await browser.close();
  process.stdout.write(`filter over ${rows} rows: ${median(times).toFixed(0)} ms, at most ${Math.max(...times).toFixed(0)} ms; aim ${FILTER_AIM_MS} ms\n`);
  rmSync(folder, { recursive: true });
}

void main();
