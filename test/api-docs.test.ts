import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Assembly, Type } from '../scripts/api/assembly';
import { apiPages } from '../scripts/api-docs';
import * as library from '../src';
import { exportedDocstrings } from './support/docstrings';

const ROOT = join(__dirname, '..');
const page = (path: string) => (existsSync(join(ROOT, path)) ? readFileSync(join(ROOT, path), 'utf8') : '');

/** Words alone: where a line is wrapped, and what a table escapes, says nothing. */
const words = (text: string) => text.replace(/\\\|/g, '|').replace(/\s+/g, ' ').trim();

const docstrings = exportedDocstrings(join(ROOT, 'src', 'index.ts'));
const pageOf = (file: string) => `docs/api/${/src[\\/]([^\\/]+)/.exec(file)![1]}.md`;
const pages = new Map([...new Set(docstrings.map(({ file }) => pageOf(file)))].map((path) => [path, words(page(path))]));
const HINT = 'stale; run `npx projen compile && npx projen api`';

test('API.md names every class and enum of the library and no other, in a line each', () => {
  const listed = [...page('API.md').matchAll(/^\| \[`(\w+)`\]\([^)]*\) \| (\w+) \|/gm)];
  const values = listed.filter(([,, kind]) => kind !== 'options').map(([, name]) => name);
  expect(values.sort()).toEqual(Object.keys(library).sort());
  const types = [...new Set(docstrings.map(({ type }) => type))];
  expect(listed.map(([, name]) => name).sort()).toEqual(types.sort());
});

test('API.md is short enough to read', () => {
  expect(page('API.md').length).toBeLessThan(200_000);
});

test('the page of each service has what the docstrings of its sources say', () => {
  expect(docstrings.length).toBeGreaterThan(200);
  const stale = docstrings.flatMap(({ of, file, text, tags }) => {
    const said = pages.get(pageOf(file))!;
    const told = [...text.split(/\n\s*\n/), ...tags.filter(([name]) => name === 'default').map(([, value]) => value.replace(/^- /, '')), ...tags.filter(([name]) => name === 'see').map(([, value]) => value)];
    return told.map(words).filter((part) => !said.includes(part)).map((part) => `${pageOf(file)}: ${of}: ${part}`);
  });
  expect({ [HINT]: stale }).toEqual({ [HINT]: [] });
});

describe('a page', () => {
  const at = (filename: string, line: number) => ({ filename: `src/${filename}.ts`, line });
  const types: Type[] = [
    {
      name: 'EncryptedThing',
      fqn: 'lib.EncryptedThing',
      kind: 'class',
      base: 'aws-cdk-lib.aws_sqs.Queue',
      locationInModule: at('things/thing', 1),
      initializer: { parameters: [{ name: 'scope', type: { fqn: 'constructs.Construct' } }, { name: 'id', type: { primitive: 'string' } }, { name: 'props', optional: true, type: { fqn: 'lib.ThingProps' } }] },
      methods: [
        { name: 'grant', overrides: 'aws-cdk-lib.aws_sqs.QueueBase', docs: { summary: 'Grants.' }, locationInModule: at('things/base', 5) },
        { name: 'allow', static: true, parameters: [{ name: 'who', variadic: true, type: { fqn: 'aws-cdk-lib.aws_iam.IRole' }, docs: { summary: 'the roles' } }], locationInModule: at('things/thing', 9) },
      ],
      properties: [{ name: 'key', overrides: 'aws-cdk-lib.aws_sqs.Queue', type: { fqn: 'aws-cdk-lib.aws_kms.IKey' }, locationInModule: at('things/thing', 3) }],
    },
    { name: 'OtherThing', fqn: 'lib.OtherThing', kind: 'class', locationInModule: at('things/other', 1), methods: [{ name: 'grant', docs: { summary: 'Grants.' }, locationInModule: at('things/base', 5) }] },
    {
      name: 'ThingProps',
      fqn: 'lib.ThingProps',
      kind: 'interface',
      datatype: true,
      interfaces: ['aws-cdk-lib.aws_sqs.QueueProps', 'lib.KeyProps'],
      locationInModule: at('things/thing', 0),
      properties: [{ name: 'names', optional: true, docs: { summary: 'a | b', default: '- all of them' }, type: { collection: { kind: 'array', elementtype: { primitive: 'string' } } } }],
    },
    { name: 'KeyProps', fqn: 'lib.KeyProps', kind: 'interface', datatype: true, locationInModule: at('keys/props', 0), properties: [{ name: 'key', docs: { see: 'https://aws.example/key' }, type: { fqn: 'lib.Mode' } }] },
    { name: 'Mode', fqn: 'lib.Mode', kind: 'enum', members: [{ name: 'ON', docs: { summary: 'On.' } }], locationInModule: at('keys/mode', 0) },
  ];
  const made = apiPages({ name: 'lib', types: Object.fromEntries(types.map((type) => [type.fqn, type])) } as Assembly);
  const things = made.get('docs/api/things.md')!;

  test('is made for each folder, and the index names its types with their kind', () => {
    expect([...made.keys()]).toEqual(['API.md', 'docs/api/keys.md', 'docs/api/things.md']);
    expect(made.get('API.md')).toContain('| [`EncryptedThing`](docs/api/things.md#encryptedthing) | construct |  |');
  });

  test('shows how a construct is made, with a link to its props and to the class that it extends', () => {
    expect(things).toContain('new EncryptedThing(scope: Construct, id: string, props?: ThingProps)');
    expect(things).toContain('With [`ThingProps`](#thingprops).');
    expect(things).toContain('Extends [`sqs.Queue`](https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_sqs.Queue.html).');
  });

  test('shows static and variadic methods, the docs of parameters, and what a member overrides', () => {
    expect(things).toContain('#### `EncryptedThing.allow(...who: iam.IRole[]): void`\n\n- `who`: the roles');
    expect(things).toMatch(/`key` \| \[`kms\.IKey`\]\(\S+\) \| Overrides `sqs\.Queue`\./);
  });

  test('lists once what several classes have from a base class that is not exported', () => {
    expect(things.match(/#### `grant/g)).toHaveLength(1);
    expect(things).toContain('## Members of EncryptedThing, OtherThing');
    expect(things.match(/\(#members-of-encryptedthing-otherthing\)/g)).toHaveLength(2);
  });

  test('has the properties of this library\'s own structs in the table, required ones first, and links to the others', () => {
    const table = things.slice(things.indexOf('### ThingProps'));
    expect(table).toContain('Also every property of [`sqs.QueueProps`]');
    expect(table).toContain("| `key` | [`Mode`](keys.md#mode) | **required** | [See AWS's page](https://aws.example/key). |\n| `names` | `string[]` | all of them | a \\| b |");
  });
});
