import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as cdk from 'aws-cdk-lib';
import * as lib from '../../src';
import { oldApp } from '../flows/old-app';
import { Make, OldFlow, partitionKey, PLAIN } from '../flows/old-app-parts';

// eslint-disable-next-line @typescript-eslint/no-require-imports
const { World } = require('../flows/world');

const ENCRYPTED: Make = {
  Bucket: lib.EncryptedBucket,
  Queue: lib.EncryptedQueue,
  Topic: lib.EncryptedTopic,
  replicated: (scope, id, destination) => {
    const bucket = new lib.EncryptedBucket(scope, id, { versioned: true });
    bucket.replicateTo(destination as lib.EncryptedBucket);
    return bucket;
  },
  // Under a key that does not leave it to the account's policies who may use it.
  table: (scope, id) => new lib.EncryptedTable(scope, id, {
    partitionKey,
    encryptionKey: new lib.EncryptionKey(scope, `${id}Key`, { trustAccountIdentities: false, administrators: [new cdk.aws_iam.ArnPrincipal('arn:aws:iam::111122223333:role/key-admin')] }),
  }),
};

/** What protects the app; each must leave every flow as it was. */
const DOORS: Record<string, { readonly make: Make; readonly before?: (app: cdk.App) => void; readonly after?: (app: cdk.App) => void }> = {
  nothing: { make: PLAIN },
  defaults: { make: PLAIN, before: (app) => lib.EncryptionDefaults.of(app).apply() },
  warnings: { make: PLAIN, before: (app) => lib.EncryptionDefaults.of(app).apply({ insecureProps: lib.InsecureProps.WARN }) },
  mixins: { make: PLAIN, after: applyMixins },
  constructs: { make: ENCRYPTED },
};

function applyMixins(app: cdk.App): void {
  for (const stack of app.node.findAll().filter((each): each is cdk.Stack => cdk.Stack.isStack(each))) {
    const key = new lib.EncryptionKey(stack, 'StackKey');
    cdk.Mixins.of(stack)
      .apply(new lib.BucketEncryptionAtRest(key), new lib.BucketTlsOnly(), new lib.QueueEncryptionAtRest(key), new lib.QueueTlsOnly(),
        new lib.TopicEncryptionAtRest(key), new lib.TopicTlsOnly(), new lib.TableEncryptionAtRest(key), new lib.LogGroupEncryptionAtRest(key));
  }
}

function stacksIn(assembly: any): any[] {
  return [...assembly.stacks, ...assembly.nestedAssemblies.flatMap(({ nestedAssembly }: any) => stacksIn(nestedAssembly))];
}

interface Judged { readonly flows: OldFlow[]; readonly world: any; readonly warnings: string[]; readonly resources: number; readonly ids: string[] }

function synthesize({ make, before, after }: (typeof DOORS)[string]): Judged {
  const outdir = mkdtempSync(join(tmpdir(), 'old-app-'));
  try {
    const app = new cdk.App({ outdir, analyticsReporting: false, context: { 'aws:cdk:enable-path-metadata': true, '@aws-cdk/aws-s3:createDefaultLoggingPolicy': true } });
    before?.(app);
    const flows = oldApp(app, make);
    after?.(app);
    const stacks = stacksIn(app.synth());
    const warnings = stacks.flatMap(({ messages }) => messages).filter(({ level }: any) => level === 'warning').map(({ entry }: any) => String(entry.data));
    const world = new World(stacks.map(({ stackName, hierarchicalId, template, environment: { account, region } }) =>
      ({ name: stackName, id: hierarchicalId, template, account, region })));
    return { flows, world, warnings, resources: world.resources.length, ids: world.resources.map((r: any) => `${r.stack.name} ${r.id}`) };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

beforeAll(() => { jest.spyOn(process.stderr, 'write').mockReturnValue(true); });

const plain = synthesize(DOORS.nothing);

test('the old app has more than sixty resources in eight stacks, two accounts, two Regions and a Stage, and every flow of it works', async () => {
  expect(plain.resources).toBeGreaterThanOrEqual(60);
  expect(plain.world.stacks).toHaveLength(8);
  const lost = await Promise.all(plain.flows.map(async ({ name, ask }) => [name, await ask(plain.world)]));
  expect(lost.filter(([, reason]) => reason)).toEqual([]);
});

describe.each(['defaults', 'warnings', 'mixins', 'constructs'])('under %s', (door) => {
  const after = synthesize(DOORS[door]);

  test.each(plain.flows.map(({ name }, index) => [name, index] as const))('%s: works as before, or a warning names who loses', async (_, index) => {
    const { ask, told } = after.flows[index];
    const reason = await ask(after.world);
    // Who loses, not what they use: a warning about somebody else may name the same bucket.
    const named = after.warnings.some((warning) => told.test(warning.replace(/ cannot (write to|read from) \S+/, '')) && /key|kms/i.test(warning));
    expect(reason === undefined || named ? undefined : reason).toBeUndefined();
  });

  test('no logical id changes, and nothing goes', () => {
    expect(after.ids).toEqual(expect.arrayContaining(plain.ids));
  });

  if (door === 'defaults') {
    test('every property that changes is in the table of the adoption guide, and what is new is a key or a policy', () => {
      const guide = readFileSync(join(__dirname, '..', '..', 'docs', 'adoption.md'), 'utf8');
      const before = new Map<string, any>(plain.world.resources.map((r: any) => [`${r.stack.name} ${r.id}`, r.raw.Properties ?? {}]));
      const changed = after.world.resources.flatMap(({ stack, id, type, raw: { Properties = {} } }: any) => {
        const old = before.get(`${stack.name} ${id}`);
        if (!old) { return [`+ ${type}`]; }
        const names = Object.keys({ ...old, ...Properties }).filter((name) => JSON.stringify(old[name]) !== JSON.stringify(Properties[name]));
        return names.map((name) => (/Policy$/.test(type) || name === 'PolicyDocument' ? 'PolicyDocument' : name));
      });
      const made = changed.filter((each: string) => each.startsWith('+ '));
      expect([...new Set(made)].sort()).toEqual(['+ AWS::IAM::Policy', '+ AWS::KMS::Key', '+ AWS::S3::BucketPolicy', '+ AWS::SNS::TopicPolicy', '+ AWS::SQS::QueuePolicy']);
      const untold = [...new Set<string>(changed)].filter((name) => !made.includes(name) && !guide.includes(`\`${name}\``));
      expect(untold).toEqual([]);
    });
  }

  test('only roles that nobody can complete are named in warnings', () => {
    const named = after.warnings.map((warning) => /(\S+) cannot (?:write to|read from)/.exec(warning)?.[1]).filter(Boolean);
    expect([...new Set(named)].sort()).toEqual(['Compute/ByName', 'Compute/Wide', 'Theirs/Partner'].filter((each) => named.includes(each)));
  });
});
