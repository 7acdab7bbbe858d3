import { Aws, CfnCondition, CfnResource, Fn, Lazy } from 'aws-cdk-lib';
import { EncryptionAtRest, EncryptionKey } from '../../src';
import { isEncrypted, underCustomerKey } from '../../src/everyservice/table-checks';
import { stepsOf } from '../../src/table/places';
import type { AtRestRow } from '../../src/table/row';
import { Template } from '../../src/template/template';
import type { Json } from '../../src/template/values';
import { asked, TYPES } from '../support/every-type';
import { smallestProperties } from '../support/smallest-resource';
import { ENV, stack } from '../support/stack';

/** The steps to the property that a row is about, from the top of the resource. */
function waysOf(row: AtRestRow): string[] {
  return [row.key, ...Object.keys({ ...row.set, ...row.unencrypted })].flatMap((path) => (path === undefined ? [] : path.startsWith('.') ? `${row.when}${path}` : path));
}

/** Changes what stands at a path, where there is something on the way. */
function change(tree: Json, path: string, to: (now: unknown) => unknown): boolean {
  let at: Json = tree;
  const steps = stepsOf(path);
  for (const { name, isList } of steps.slice(0, -1)) {
    const next = isList ? (at[name] as Json[] | undefined)?.[0] : at[name];
    if (typeof next !== 'object' || next === null) { return false; }
    at = next as Json;
  }
  const { name } = steps[steps.length - 1];
  const value = to(at[name]);
  if (value === undefined) { delete at[name]; } else { at[name] = value; }
  return true;
}

/** The blocks in which the property stands. */
const blocksOf = (path: string) => {
  const steps = path.split('.');
  return steps.slice(1).map((_, n) => steps.slice(0, n + 1).join('.'));
};

type Shape = (properties: Json, row: AtRestRow) => void;

const eachBlock = (row: AtRestRow, work: (block: string) => void) => new Set(waysOf(row).flatMap(blocksOf)).forEach(work);

/** Ways to write a resource that CloudFormation takes, and that a smallest one does not have. */
const SHAPES: Record<string, Shape> = {
  'as small as it can be': () => undefined,
  'with the blocks on the way empty': (properties, row) => eachBlock(row, (block) => {
    if (block !== row.when && !row.when?.startsWith(`${block}.`)) { change(properties, block, (now) => now ?? (block.endsWith('[]') ? [{}] : {})); }
  }),
  'with a token for the blocks on the way': (properties, row) => eachBlock(row, (block) => change(properties, block, (now) => (now === undefined ? undefined : Lazy.any({ produce: () => now })))),
  'with blocks under a condition': (properties, row) => eachBlock(row, (block) => change(properties, block, (now) => (now === undefined ? undefined : Fn.conditionIf('C', now, Aws.NO_VALUE)))),
  'with two items in its lists': (properties, row) => eachBlock(row, (block) => change(properties, block, (now) => (Array.isArray(now) && now.length === 1 ? [now[0], structuredClone(now[0])] : now))),
  'with an empty key': (properties, row) => { if (row.key !== undefined) { change(properties, waysOf(row)[0], () => ''); } },
  'with the key of AWS': (properties, row) => { if (row.key !== undefined) { change(properties, waysOf(row)[0], () => 'alias/aws/service'); } },
  'with the key left out by AWS::NoValue': (properties, row) => { if (row.key !== undefined) { change(properties, waysOf(row)[0], () => ({ Ref: 'AWS::NoValue' })); } },
  'with switches off and modes weak': (properties, row) => Object.entries(row.set ?? {}).forEach(([path, values]) => {
    const wanted = [values].flat()[0];
    change(properties, path.startsWith('.') ? `${row.when}${path}` : path, () => (typeof wanted === 'boolean' ? !wanted : 'OTHER'));
  }),
};

const CASES = TYPES.filter(([type]) => asked(type).length > 0).map(([type]) => type);

/** Every type in one shape, under the mixin; `C` is the condition of blocks that have one. Gives what is not under the key, and nobody was told. */
function silent(shape: Shape, holds: boolean): string[] {
  const scope = stack(ENV);
  new CfnCondition(scope, 'C', { expression: Fn.conditionEquals(1, holds ? 1 : 2) });
  const key = new EncryptionKey(scope, 'Key');
  const made = new Map<string, CfnResource>();
  for (const type of CASES) {
    const properties = smallestProperties(`AWS::${type}`, asked(type));
    asked(type).forEach((row) => shape(properties, row));
    const resource = new CfnResource(scope, type.replace('::', ''), { type: `AWS::${type}`, properties });
    try {
      resource.with(new EncryptionAtRest(key, { allowReplacement: true }));
      made.set(type, resource);
    } catch (error) {
      if ((error as Error).name !== 'EncryptionError') { throw error; }
    }
  }
  expect(made.size).toBeGreaterThan(CASES.length * 0.9);
  const template = new Template(scope.resolve((scope as unknown as { _toCloudFormation(): unknown })._toCloudFormation()) as Json);
  return [...made].filter(([, { node }]) => !node.metadata.some(({ data }) => String(data).includes('[ack: '))).flatMap(([type]) => {
    const resource = template.resource(type.replace('::', ''))!;
    return [underCustomerKey(asked(type))(resource), isEncrypted(asked(type))(resource)]
      .flatMap((verdict) => (verdict.kind === 'fail' || verdict.kind === 'undetermined' ? [`${type}: ${JSON.stringify(verdict)}`] : []));
  });
}

test.each(Object.entries(SHAPES).flatMap(([name, shape]) => (name.includes('condition') ? [true, false] : [true]).map((holds) => [name, holds, shape] as const)))(
  'a resource %s is under the key, or somebody is told (where a condition is %s)', (_, holds, shape) => {
    expect(silent(shape, holds)).toEqual([]);
  }, 300_000);
