import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RULES } from '../../src/checks/rule-table';
import { ruleName } from '../../src/everyservice/rule-name';
import { shownValues, WITHOUT_KEY } from '../../src/everyservice/table-checks';
import { pageOf } from '../../src/everyservice/table-rules';
import { ENCRYPTION_TABLE } from '../../src/table/encryption-table';
import { KEY_POLICIES, kmsCallerOf } from '../../src/table/key-policies';
import { RESOURCE_POLICIES } from '../../src/table/resource-policies';
import type { AtRestRow, InTransitRow, TypeRow } from '../../src/table/row';

const INTRO = readFileSync(join(__dirname, 'intro.md'), 'utf8').trimEnd();
const IDS = new Set(RULES.map(({ id }) => id));

const full = (path: string, when?: string) => (path.startsWith('.') ? `${when}${path}` : path);
const unique = (texts: readonly string[]) => [...new Set(texts)];

/** Long lists are cut: the table has them all. */
function some(texts: readonly string[], most = 3): string {
  const all = unique(texts);
  return all.length <= most ? all.join('<br>') : [...all.slice(0, most), `and ${all.length - most} more`].join('<br>');
}

function atRest(rows: readonly AtRestRow[]): string {
  return some(rows.map(({ key, set = {}, when }) => `\`${full(key ?? Object.keys(set)[0], when)}\``));
}

const SHORT: Readonly<Record<AtRestRow['leftOut'], string>> = {
  owned: 'AWS-owned key',
  managed: 'AWS-managed key',
  service: 'the service\'s keys',
  none: '**not encrypted**',
  account: 'the account\'s EBS setting',
  bucket: 'as its bucket',
  parent: 'as its parent',
  required: 'a key is required',
  unknown: 'not said',
};

const CHANGE = { yes: 'replaced', maybe: 'may be replaced', refused: 'refused', no: 'in place' };

function change(rows: ReadonlyArray<AtRestRow | InTransitRow>): string {
  return some(rows.map(({ replaces }) => CHANGE[replaces ?? 'no']));
}

const CALLER = { caller: 'the caller\'s permissions', grant: 'a grant', role: 'the role of the resource' };

/** What the key policy needs: statements, with AWS's page, or why nothing. */
function keyPolicy(type: string, rows: readonly AtRestRow[]): string {
  if (!rows.some(({ key }) => key !== undefined)) { return ''; }
  const needs = unique(rows.flatMap(({ keyPolicy: name }) => name ?? [])).map((name) => KEY_POLICIES[name]);
  const services = unique(needs.flatMap(({ statements }) => statements.flatMap((each) => each.services))).map((service) => `\`${service.replace(/\{(\w+)\}/g, '<$1>')}\``);
  const tags = needs.flatMap(({ tags: each = {} }) => Object.entries(each).map(([tag, value]) => `the tag \`${tag}\`: ${value}`));
  const caller = kmsCallerOf(type);
  const needed = [...services, ...tags].join('<br>');
  return needs.length > 0 ? `[${services.length > 0 ? 'statement' : 'tag'}](${needs[0].see}): ${needed}` : OWN_KEY_POLICY[type] ?? (caller ? CALLER[caller] : 'not known');
}

/** What this library knows by itself. */
const OWN_KEY_POLICY: Readonly<Record<string, string>> = {
  'S3::Bucket': 'the caller\'s permissions; [writers](flows.md)',
  'SNS::Topic': 'the caller\'s permissions; [publishers](flows.md)',
  'SQS::Queue': 'the caller\'s permissions; [senders](flows.md)',
};

function inTransit({ inTransit: rows = [], transit }: TypeRow): string {
  return some([...rows.map(({ property, safe, when }) => `\`${full(property, when)}\`: ${shownValues(safe)}`), ...(transit ? [transit] : [])], 2);
}

function rulesOf(type: string, { rules = {} }: TypeRow): string {
  const own = Object.values(rules);
  const made = ['CustomerKey', 'Encrypted', 'InTransit'].map((what) => `Encryption-${ruleName(type)}${what}`).filter((id) => IDS.has(id));
  return unique([...own, ...made]).map((id) => `[${id.replace('Encryption-', '')}](../RULES.md#${id.toLowerCase()})`).join('<br>');
}

/** What of this library puts a type under a key. */
const OWN: Readonly<Record<string, string>> = {
  'S3::Bucket': '`EncryptedBucket`, `BucketEncryptionAtRest`',
  'SNS::Topic': '`EncryptedTopic`, `TopicEncryptionAtRest`',
  'DynamoDB::GlobalTable': '`EncryptedTable`, `TableEncryptionAtRest`',
  'SecretsManager::Secret': '`EncryptedSecret`, `SecretEncryptionAtRest`',
  'Logs::LogGroup': '`EncryptedLogGroup`, `LogGroupEncryptionAtRest`',
  'SQS::Queue': '`EncryptedQueue`, `QueueEncryptionAtRest`',
  'RDS::DBInstance': '`EncryptedDatabaseInstance`',
  'RDS::DBCluster': '`EncryptedDatabaseCluster`',
};

/** docs/services.md: what this library does for each resource type of CloudFormation that has to do with encryption. */
export function servicesMarkdown(): string {
  const types = Object.entries(ENCRYPTION_TABLE);
  const rows = types.flatMap(([, { atRest: each = [] }]) => each);
  return [
    INTRO,
    '',
    '<!-- Generated below from the table by `npx projen services`. Do not edit. -->',
    '',
    '## What does each resource type of CloudFormation need?',
    '',
    `${types.length} resource types, ${rows.filter(({ key }) => key !== undefined).length} properties that name a key.`,
    '"Replaced" says that CloudFormation makes a new resource and deletes the old one, and the data with it.',
    'A type with a star has rows that nobody has compared with AWS\'s page yet.',
    '',
    'What stands under "no key named":',
    '',
    ...Object.entries(SHORT).map(([code, short]) => `- ${short}: ${WITHOUT_KEY[code as AtRestRow['leftOut']]}.`),
    '',
    'What stands under "key policy": who calls KMS. With the caller\'s permissions, a grant that the caller makes, or a role, the policies of the account are enough. A service that',
    'calls KMS as itself needs its statement in the key policy: `EncryptionAtRest` adds it, and [ResourceServiceHasKey](../RULES.md#encryption-resourceservicehaskey) asks for it.',
    'Where it is not known, the mixin says so.',
    '',
    `[ResourcePolicyNotPublic](../RULES.md#encryption-resourcepolicynotpublic) asks of the policies of these types that they do not allow everybody: ${Object.keys(RESOURCE_POLICIES).map((type) => type.replace('AWS::', '')).join(', ')}.`,
    'Keys, buckets, access points, queues, topics, secrets, tables and log groups have rules of their own. Not judged: permissions of Lambda functions, policies of APIs and of OpenSearch domains.',
    '',
    'A key that is named and cannot encrypt is an error for all of them: [ResourceKeyUsable](../RULES.md#encryption-resourcekeyusable).',
    '',
    '| type | at rest | no key named | a change | key policy | in transit | rules | with |',
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
    ...types.map(([type, row]) => line(type, row)),
    '',
  ].join('\n');
}

function line(type: string, row: TypeRow): string {
  const { atRest: rest = [], inTransit: transit = [] } = row;
  const star = rest.some(({ reviewed }) => !reviewed) ? ' \\*' : '';
  const cells = [
    `[${type}](${pageOf(type, row)})${star}`, atRest(rest), some(rest.map(({ leftOut }) => SHORT[leftOut])), change([...rest, ...transit]), keyPolicy(type, rest),
    inTransit(row), rulesOf(type, row),
    OWN[type] ?? (rest.some(({ key, optional, leftOut }) => key !== undefined && !optional && leftOut !== 'bucket' && leftOut !== 'parent') ? '`EncryptionAtRest`' : ''),
  ];
  return `| ${cells.map((cell) => cell || '-').join(' | ')} |`;
}
