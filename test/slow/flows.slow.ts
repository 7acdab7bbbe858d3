import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as cdk from 'aws-cdk-lib';
import * as lib from '../../src';
import { runIn } from '../support/command-line';

/**
 * Does what worked in plain CDK still work once this library protects it? Each case is a small app with the AWS fact that it rests on and a judge, who
 * asks a policy simulator over the templates. A flow is `ok` when it works, when the library refused it by an error with a way out, or when a
 * warning names who loses.
 */
const CASES = join(__dirname, '..', 'flows', 'cases');
const MODES = ['constructs', 'strict', 'report', 'mixins'];
const US = { account: '111122223333', region: 'us-east-1' };
const FLAGS = JSON.parse(readFileSync(join(__dirname, '..', '..', 'node_modules', 'aws-cdk-lib', 'recommended-feature-flags.json'), 'utf8'));
// eslint-disable-next-line @typescript-eslint/no-require-imports
const { World } = require('../flows/world');

const PLAIN = {
  Key: cdk.aws_kms.Key,
  Bucket: cdk.aws_s3.Bucket,
  Queue: cdk.aws_sqs.Queue,
  Instance: cdk.aws_rds.DatabaseInstance,
  Cluster: cdk.aws_rds.DatabaseCluster,
  Replica: cdk.aws_rds.DatabaseInstanceReadReplica,
  LoadBalancer: cdk.aws_elasticloadbalancingv2.ApplicationLoadBalancer,
};
const ENCRYPTED = {
  Key: lib.EncryptionKey,
  Bucket: lib.EncryptedBucket,
  Queue: lib.EncryptedQueue,
  Instance: lib.EncryptedDatabaseInstance,
  Cluster: lib.EncryptedDatabaseCluster,
  Replica: lib.EncryptedDatabaseInstanceReadReplica,
  LoadBalancer: lib.HttpsLoadBalancer,
};

interface Case {
  readonly kind: string;
  readonly modes?: string[];
  readonly plain?: false;
  readonly mustWork?: string[];
  readonly remedy?: RegExp;
  readonly logs?: true;
  readonly context?: Record<string, unknown>;
  build(t: object): void;
  judge(t: object): Promise<string | undefined> | string | undefined;
}

/** Our own error: it names a construct's path, has a code, and says more than what is wrong. */
const isOwn = (message: string) => /\[[A-Z][A-Za-z0-9]+\]\s*$/.test(message) && /^\S+(\/\S+)*: /.test(message) && /[.:] [A-Z`]/.test(message.replace(/^\S+: /, ''));

function stacksIn(assembly: any): any[] {
  return [...assembly.stacks, ...assembly.nestedAssemblies.flatMap(({ nestedAssembly }: any) => stacksIn(nestedAssembly))];
}

function applyMixins(app: cdk.App): void {
  for (const stack of app.node.findAll().filter((each): each is cdk.Stack => cdk.Stack.isStack(each) && !each.nestedStackParent)) {
    const key = new lib.EncryptionKey(stack, 'FlowsKey');
    cdk.Mixins.of(stack).apply(
      new lib.KeyRotation(), new lib.BucketEncryptionAtRest(key), new lib.BucketTlsOnly(), new lib.QueueEncryptionAtRest(key), new lib.QueueTlsOnly(),
      new lib.DatabaseTlsOnly(), new lib.ListenerTls());
  }
}

function synthesize(c: Case, mode: string) {
  const outdir = mkdtempSync(join(tmpdir(), 'flow-'));
  const t: any = { mode, outdir, warnings: [] as string[], make: mode === 'constructs' ? ENCRYPTED : PLAIN };
  try {
    const app = new cdk.App({ outdir, analyticsReporting: false, context: { ...FLAGS, 'aws:cdk:enable-path-metadata': true, 'aws:cdk:bundling-stacks': [], ...c.context } });
    if (mode === 'strict') { lib.EncryptionDefaults.of(app).apply(); }
    if (mode === 'report') { lib.EncryptionDefaults.of(app).apply({ insecureProps: lib.InsecureProps.WARN }); }
    const stack = new cdk.Stack(app, 'S', { env: US });
    c.build({ cdk, app, stack, lib, make: t.make, mode });
    if (stack.node.children.length === 0) { app.node.tryRemoveChild('S'); }
    if (mode === 'mixins') { applyMixins(app); }
    const stacks = stacksIn(app.synth());
    t.warnings = stacks.flatMap(({ messages }) => messages).filter(({ level }: any) => level !== 'info').map(({ id, entry }: any) => `${id}: ${entry.data}`);
    t.world = new World(stacks.map((s) => ({
      name: s.stackName,
      id: s.hierarchicalId ?? s.id,
      template: s.template,
      account: s.environment.account.replace('unknown-account', US.account),
      region: s.environment.region.replace('unknown-region', US.region),
    })));
  } catch (error) { t.error = error; }
  t.findings = () => JSON.parse(runIn(outdir, ['check', outdir, '--format', 'json', '--fail-on', 'never']).out).findings;
  t.verdict = (reason?: string, says?: RegExp) => (!reason || (says && t.warnings.some((w: string) => says.test(w) && /key|kms|encrypt|TLS/i.test(w))) ? 'ok' : `silent loss: ${reason}`);
  t.plain = () => synthesize(c, 'plain');
  return t;
}

/** A flow also works where nothing is protected, and everybody is told where everything warns: neither is good. */
function besides(c: Case, t: any): string {
  const left = t.mode === 'constructs' || c.logs ? [] : t.world.resources.filter((r: any) => ['AWS::S3::Bucket', 'AWS::SQS::Queue'].includes(r.type) && !/SharedAccessLogs/.test(r.path))
    .map((r: any) => r.path.replace(/\/Resource$/, '')).filter((p: string) => !t.world.underKms(p) && !t.warnings.some((w: string) => w.includes(p)));
  if (left.length > 0) { return `nuisance: left out of KMS without a word: ${left}`; }
  const noise = c.mustWork?.includes(t.mode) && t.warnings.find((w: string) => /cdk-encryption-constructs/.test(w) && !/EncryptionReplacesDatabase/.test(w));
  return noise ? `nuisance: warned although it works: ${noise}` : 'ok';
}

async function judge(c: Case, mode: string): Promise<string> {
  const t = synthesize(c, mode);
  try {
    const token = [...t.warnings, ...(t.error ? [t.error.message] : [])].find((w: string) => /\$\{Token\[/.test(w) && (/cdk-encryption-constructs/.test(w) || isOwn(w)));
    if (token) { return `nuisance: an unresolved token in a message: ${token}`; }
    if (t.error) {
      const text: string = t.error.message;
      if (!isOwn(text)) { return `nuisance: foreign error: ${text}`; }
      if (c.mustWork?.includes(mode)) { return `nuisance: refused although it can work: ${text}`; }
      return c.remedy && !c.remedy.test(text) ? `nuisance: the remedy is none for this flow: ${text}` : 'ok';
    }
    const verdict = await c.judge(t) ?? 'ok';
    return verdict === 'ok' && mode !== 'plain' ? besides(c, t) : verdict;
  } finally {
    rmSync(t.outdir, { recursive: true, force: true });
  }
}

const flows = readdirSync(CASES).sort().flatMap((file) => {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const c: Case = require(join(CASES, file));
  return [...(c.plain === false ? [] : ['plain']), ...(c.modes ?? MODES)].map((mode) => [file.replace(/\.js$/, ''), mode, c] as const);
});

beforeAll(() => { jest.spyOn(process.stderr, 'write').mockReturnValue(true); });

test.each(flows)('%s, %s: it works, or somebody is told', async (_, mode, c) => {
  expect(await judge(c, mode)).toBe('ok');
});
