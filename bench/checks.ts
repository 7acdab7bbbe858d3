import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { AwsSolutionsChecks } from 'cdk-nag';
import { EncryptionChecks } from '../src';
import { median } from './compare';
import { contextOf } from './context';
import { filesBelow, findCorpus } from './detection/corpora';
import { controlTowerFiles } from './detection/others';
import { Json, section } from '../src/template/values';
import { GUARD } from '../test/support/control-tower';

/**
 * The pack against AwsSolutionsChecks on one stack of 450 resources, or on the templates of a repository that is named (`owner/name`, below CORPORA),
 * which a process of its own has to measure; the command against cfn-guard with AWS Control Tower's rules for KMS, S3,
 * SQS, RDS and ELB on the same templates. Each in one run, interleaved; prints medians and ratios.
 */
const RUNS = 7;
const TEMPLATES = 300;
const MOST_INCLUDED = 40;
const MAIN = join(__dirname, '..', 'lib', 'cli', 'main.js');

/** Ten resources, half of them wrong, as somebody might have written them. */
function group(n: number): Json {
  const odd = n % 2 === 1;
  const statement = (service: string, Resource: unknown) => ({
    Statement: [{ Effect: 'Deny', Principal: '*', Action: `${service}:*`, Resource, Condition: { Bool: { 'aws:SecureTransport': 'false' } } }],
  });
  const arn = (name: string) => ({ 'Fn::GetAtt': [`${name}${n}`, 'Arn'] });
  const resources: Json = {
    Key: {
      Type: 'AWS::KMS::Key',
      Properties: {
        EnableKeyRotation: odd,
        KeyPolicy: { Statement: [{ Effect: 'Allow', Principal: { AWS: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:root' } }, Action: 'kms:*', Resource: '*' }] },
      },
    },
    Bucket: {
      Type: 'AWS::S3::Bucket',
      Properties: odd ? {} : { BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: arn('Key') } }] } },
    },
    BucketPolicy: {
      Type: 'AWS::S3::BucketPolicy',
      Properties: { Bucket: { Ref: `Bucket${n}` }, PolicyDocument: statement('s3', [arn('Bucket'), { 'Fn::Join': ['', [arn('Bucket'), '/*']] }]) },
    },
    Queue: { Type: 'AWS::SQS::Queue', Properties: odd ? { SqsManagedSseEnabled: false } : { KmsMasterKeyId: arn('Key') } },
    QueuePolicy: { Type: 'AWS::SQS::QueuePolicy', Properties: { Queues: [{ Ref: `Queue${n}` }], PolicyDocument: statement('sqs', arn('Queue')) } },
    Group: { Type: 'AWS::RDS::DBParameterGroup', Properties: { Family: 'mysql8.0', Description: 'd', Parameters: { require_secure_transport: odd ? 'OFF' : 'ON' } } },
    Database: {
      Type: 'AWS::RDS::DBInstance',
      Properties: {
        Engine: 'mysql', DBInstanceClass: 'db.t3.micro', AllocatedStorage: '20', StorageEncrypted: !odd, KmsKeyId: arn('Key'), DBParameterGroupName: { Ref: `Group${n}` },
      },
    },
    Balancer: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { Type: 'application', Subnets: ['subnet-1', 'subnet-2'] } },
    Targets: { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: { Protocol: 'HTTP', Port: 80, VpcId: 'vpc-1' } },
    Listener: {
      Type: 'AWS::ElasticLoadBalancingV2::Listener',
      Properties: { LoadBalancerArn: { Ref: `Balancer${n}` }, Port: 80, Protocol: 'HTTP', DefaultActions: [{ Type: 'forward', TargetGroupArn: { Ref: `Targets${n}` } }] },
    },
  };
  return Object.fromEntries(Object.entries(resources).map(([name, resource]) => [`${name}${n}`, resource]));
}

const templateOf = (groups: number): Json => ({ Resources: Object.assign({}, ...Array.from({ length: groups }, (_, n) => group(n))) });
const line = (text: string) => process.stdout.write(`${text}\n`);

function written(count: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  for (let n = 0; n < count; n++) { writeFileSync(join(folder, `t${n}.json`), JSON.stringify(templateOf(3), undefined, 1)); }
  return folder;
}

/** Wall-clock milliseconds and peak memory in MB of a command. */
function measured(command: string, args: string[]): Promise<{ ms: number; mb: number }> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(command, args, { stdio: 'ignore' });
    let mb = 0;
    const look = setInterval(() => {
      try { mb = Math.max(mb, Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024); } catch { /* It has ended, or there is no /proc. */ }
    }, 10);
    child.on('error', reject);
    child.on('exit', () => { clearInterval(look); resolve({ ms: performance.now() - started, mb }); });
  });
}

const appOf = (files: readonly string[]): App => {
  const app = new App();
  files.forEach((templateFile, n) => new CfnInclude(new Stack(app, `Stack${n}`), 'Included', { templateFile }));
  return app;
};

/** The templates of a repository that the CDK can include and write again. */
function included(repository: string): string[] {
  const folder = findCorpus(repository);
  if (folder === undefined) { throw new Error(`no clone of ${repository} below CORPORA`); }
  return filesBelow(folder, /\.(json|template)$/).filter((file) => {
    try { return Object.keys(section(JSON.parse(readFileSync(file, 'utf8')), 'Resources')).length > 1 && contextOf(appOf([file])).templatePaths.length === 1; } catch { return false; }
  }).slice(0, MOST_INCLUDED);
}

function packs(what: string, app: App): void {
  const context = contextOf(app);
  const [ours, theirs]: [number[], number[]] = [[], []];
  const time = (into: number[], work: () => unknown) => { const started = performance.now(); work(); into.push(performance.now() - started); };
  for (let run = 0; run <= RUNS; run++) {
    time(ours, () => new EncryptionChecks().validate(context));
    time(theirs, () => new AwsSolutionsChecks().validate(context));
  }
  const [a, b] = [median(ours.slice(1)), median(theirs.slice(1))];
  // An app is synthesized once in a process: there, nothing is compiled or remembered yet.
  line(`${what}, as in a synth, once in a process: EncryptionChecks ${ours[0].toFixed(0)} ms, AwsSolutionsChecks ${theirs[0].toFixed(0)} ms, ratio ${(ours[0] / theirs[0]).toFixed(2)}`);
  line(`the same again and again: EncryptionChecks ${a.toFixed(0)} ms, AwsSolutionsChecks ${b.toFixed(0)} ms, ratio ${(a / b).toFixed(2)} (goal 0.25)`);
}

async function commands(): Promise<void> {
  const [small, large] = [written(TEMPLATES), written(TEMPLATES * 4)];
  const rules = mkdtempSync(join(tmpdir(), 'rules-'));
  for (const [id, file] of controlTowerFiles()) { writeFileSync(join(rules, `${id}.guard`), readFileSync(file)); }
  const check = (folder: string) => measured(process.execPath, [MAIN, 'check', folder, '--format', 'json']);
  const guard = () => measured(GUARD, ['validate', '--rules', rules, '--data', small, '--output-format', 'json', '--show-summary', 'none', '--structured']);
  const [ours, theirs, four]: Array<Array<{ ms: number; mb: number }>> = [[], [], []];
  for (let run = 0; run < 3; run++) { ours.push(await check(small)); theirs.push(await guard()); four.push(await check(large)); }
  const [a, b, c] = [ours, theirs, four].map((runs) => median(runs.map(({ ms }) => ms)));
  const peak = (runs: Array<{ mb: number }>) => Math.max(...runs.map(({ mb }) => mb)).toFixed(0);
  line(`${TEMPLATES} templates of 30 resources: cdk-encryption ${a.toFixed(0)} ms and ${peak(ours)} MB, cfn-guard ${b.toFixed(0)} ms and ${peak(theirs)} MB, ratio ${(a / b).toFixed(2)}`);
  line(`${TEMPLATES * 4} templates: cdk-encryption ${c.toFixed(0)} ms and ${peak(four)} MB, ${(c / a).toFixed(2)} times as long for 4 times as many`);
  // Slow beginners, and not everywhere: one run each.
  for (const [tool, args] of [['cfn-lint', [`${small}/*.json`]], ['checkov', ['--quiet', '--compact', '--framework', 'cloudformation', '-d', small]]] as const) {
    if (spawnSync(tool, ['--version']).status !== 0) { continue; }
    const { ms, mb } = await measured(tool, [...args]);
    line(`the same ${TEMPLATES} templates: ${tool} ${ms.toFixed(0)} ms and ${mb.toFixed(0)} MB, ratio ${(a / ms).toFixed(2)}`);
  }
  [small, large, rules].forEach((folder) => rmSync(folder, { recursive: true }));
}

const dense = join(mkdtempSync(join(tmpdir(), 'bench-')), 't.json');
writeFileSync(dense, JSON.stringify(templateOf(45)));
const [repository] = process.argv.slice(2);
if (repository) {
  const files = included(repository);
  packs(`${files.length} templates of ${repository}`, appOf(files));
} else {
  packs('450 resources, each with rules of its own', appOf([dense]));
  void commands();
}
