import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { EncryptionDefaults } from '../../src';
import type { ResourceChange } from '../../src/diff/document';
import { ENCRYPTION_TABLE } from '../../src/table/encryption-table';
import { oldApp } from '../flows/old-app';
import { PLAIN } from '../flows/old-app-parts';
import { runIn } from '../support/command-line';
import { diffedStacks } from '../support/diffed';
import { asked, everyType, TYPES } from '../support/every-type';

describe('every type of the table, without a key and with one,', () => {
  const [plain, encrypted] = [everyType(false), everyType(true)];
  const written = (template: any, type: string) => JSON.stringify(template.Resources[type.replace('::', '')]);
  // A key of another Region the mixin leaves to the app.
  const types = TYPES.map(([type]) => type).filter((type) => asked(type).length > 0 && written(plain, type) !== written(encrypted, type));
  const changesOf = (old: object, found: object) => new Map(diffedStacks({ Stack: { json: old as any } }, { Stack: { json: found as any } }).resources
    .map((change): [string, ResourceChange] => [change.logicalId, change]));
  const changes = changesOf(plain, encrypted);
  const of = (type: string) => changes.get(type.replace('::', ''));

  /** What the table says of the properties that change. */
  const replaces = (type: string) => new Set((ENCRYPTION_TABLE[type].atRest ?? []).filter(({ key = '', when = '', set = {} }) => {
    const paths = [key, ...Object.keys(set)].map((path) => (path.startsWith('.') ? `${when}${path}` : path));
    return of(type)!.changes.some(({ property }) => paths.includes(property.replace(/\[\d+\]/g, '[]')));
  }).map((row) => row.replaces));

  test('is said to change', () => {
    expect(types.length).toBeGreaterThan(200);
    expect(types.filter((type) => !of(type))).toEqual([]);
  });

  test('is said to be replaced, refused, or changed in place, as the table has it', () => {
    const wrong = types.flatMap((type) => {
      const said = replaces(type);
      const expected = said.has('refused') ? ['refused'] : said.has('yes') ? ['replaced', 'refused'] : said.has('maybe') ? ['may be replaced'] : ['in place'];
      return expected.includes(of(type)!.effect) ? [] : [`${type}: ${of(type)!.effect}, expected ${expected.join(' or ')}`];
    });
    expect(wrong).toEqual([]);
    const counts = (effect: string) => types.filter((type) => of(type)!.effect === effect).length;
    expect([counts('replaced') > 100, counts('in place') > 70]).toEqual([true, true]);
  });

  test('is protected less, replaced or refused on the way back', () => {
    const back = changesOf(encrypted, plain);
    expect(types.filter((type) => { const change = back.get(type.replace('::', '')); return change?.concern === undefined && change?.effect !== 'replaced'; })).toEqual([]);
  });
});

describe('an app of eight stacks, two accounts and a Stage, before and after EncryptionDefaults,', () => {
  const synthesized = (before: (app: App) => void) => {
    const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'diff-')), analyticsReporting: false, context: { '@aws-cdk/aws-s3:createDefaultLoggingPolicy': true } });
    before(app);
    oldApp(app, PLAIN);
    const assembly = app.synth();
    const stacksIn = ({ stacks, nestedAssemblies }: any): any[] =>
      [...stacks, ...nestedAssemblies.flatMap(({ nestedAssembly }: any) => stacksIn(nestedAssembly))];
    return { folder: assembly.directory, warnings: stacksIn(assembly).flatMap(({ messages }) => messages).map(({ entry }) => String(entry.data)) };
  };
  let [before, after]: Array<ReturnType<typeof synthesized>> = [];
  beforeAll(() => {
    jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    [before, after] = [synthesized(() => undefined), synthesized((app) => EncryptionDefaults.of(app).apply())];
  });
  afterAll(() => [before, after].forEach(({ folder }) => rmSync(folder, { recursive: true, force: true })));
  const report = (old: string, found: string) => { const { code, out, err } = runIn(before.folder, ['diff', old, found, '--format', 'json']); return { code, err, ...JSON.parse(out) }; };

  test('loses no data, and no access but that of which EncryptionDefaults warned', () => {
    const { code, err, summary, resources, keys, flows } = report(before.folder, after.folder);
    expect(err).toBe('');
    expect(resources.filter(({ effect }: ResourceChange) => effect !== 'in place').map(({ resource, effect, data }: ResourceChange) => [resource, effect, data])).toEqual([]);
    expect(keys.flatMap(({ of, loses }: any) => loses.filter(({ concern }: any) => concern === 'lost').map(({ who, can }: any) => [of, who, can]))).toEqual([]);
    // A role that knows a bucket by name alone, and one of another account.
    expect(flows.map(({ resource, rule, concern }: any) => [resource, rule, concern])).toEqual([
      ['Compute/ByName/DefaultPolicy', 'Encryption-IamPolicyHasKey', 'lost'], ['Theirs/Partner/DefaultPolicy', 'Encryption-IamPolicyHasKey', 'lost'],
    ]);
    for (const role of ['Compute/ByName', 'Theirs/Partner']) { expect([role, after.warnings.some((warning) => warning.includes(role))]).toEqual([role, true]); }
    expect([code, summary.lost]).toEqual([1, 2]);
    expect(resources.length).toBeGreaterThan(8);
    expect(summary.gains).toBeGreaterThan(0);
  });

  test('is protected less on the way back, and its keys are kept', () => {
    const { code, summary, resources } = report(after.folder, before.folder);
    expect([code, summary.lost, summary.weakened > 8]).toEqual([0, 0, true]);
    const keys = resources.filter(({ type }: ResourceChange) => type === 'AWS::KMS::Key').map(({ effect, data }: ResourceChange) => [effect, data]);
    expect(keys.length).toBeGreaterThan(2);
    expect(new Set(keys.map(String))).toEqual(new Set(['removed,The key stays outside of the stack (DeletionPolicy: Retain).']));
  });

  test('has nothing to say of itself', () => {
    expect(report(after.folder, after.folder)).toMatchObject({ code: 0, resources: [], keys: [], flows: [], summary: { text: 'no encryption changes: nothing is lost' } });
  });
});
