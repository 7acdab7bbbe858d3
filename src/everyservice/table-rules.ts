import { applying, below, exampleOf, firstOf, KEY_OF_TEMPLATE, Properties } from './example-text';
import { serviceHasKeyRule } from './key-policy-checks';
import { ruleName } from './rule-name';
import { isEncrypted, isEncryptedInTransit, keyIsUsable, saysEncrypted, shownValues, underCustomerKey, WITHOUT_KEY } from './table-checks';
import { AT_REST, Controls, Examples, IN_TRANSIT, Rule } from '../rules/rule';
import type { AtRestRow, InTransitRow, RowControls, Scalar, Table, TypeRow } from '../table/row';

/** The rules that the table makes: those for which no service's folder has its own. */
export function rulesOf(table: Table): Rule[] {
  return Object.entries(table).flatMap(([type, row]) => [
    ...customerKeyRule(type, row), ...encryptedRule(type, row), ...inTransitRule(type, row),
  ]).concat(usableRule(table), serviceHasKeyRule(table));
}

/** AWS's page for a resource type. */
export function pageOf(type: string, { see }: TypeRow = {}): string {
  return see ?? `https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-${type.toLowerCase().replace('::', '-')}.html`;
}

/** What a row does to a resource that is there, as a sentence of a fix. */
function replacementOf(rows: ReadonlyArray<AtRestRow | InTransitRow>): string {
  const kinds = new Set(rows.map(({ replaces }) => replaces));
  return kinds.has('yes') ? ' CloudFormation replaces a resource on which this changes: its data is not copied.'
    : kinds.has('refused') ? ' The service refuses this change for a resource that is there.'
      : kinds.has('maybe') ? ' CloudFormation may replace the resource: see the page.' : '';
}

const controls = (own: RowControls | undefined, all: Controls): Controls => ({
  ...(own?.fsbp ? { fsbp: [...own.fsbp] } : {}), ...(own?.controlTower ? { controlTower: [...own.controlTower] } : {}), ...all,
});

const names = (rows: readonly AtRestRow[]) => [...new Set(rows.map(({ key, when }) => (key!.startsWith('.') ? `${when}${key}` : key!)))];

const listed = (all: readonly string[]) => (all.length < 4 ? all.join(', ') : `${all.slice(0, 3).join(', ')} and ${all.length - 3} more`);

function customerKeyRule(type: string, row: TypeRow): Rule[] {
  const rows = (row.atRest ?? []).filter(({ key }) => key !== undefined);
  if (rows.length === 0 || row.rules?.customerKey) { return []; }
  const asked = rows.find(isAsked);
  return [{
    id: `Encryption-${ruleName(type)}CustomerKey`,
    severity: 'warning',
    guards: 'at rest',
    resourceTypes: [`AWS::${type}`],
    info: `${asked ? 'The data' : 'Where a key is named, the data'} of AWS::${type} should be encrypted under a customer-managed KMS key.`,
    why: `Under a key of your own you decide who may read the data, see each use in CloudTrail, and can withdraw it.${asked ? ` Where none is named, ${WITHOUT_KEY[asked.leftOut]}.` : ''}`,
    fix: `Set ${listed(names(rows))}${asked ? ', or apply the mixin EncryptionAtRest' : ''}.${replacementOf(rows)}`,
    see: pageOf(type, row),
    controls: controls(row.controls?.customerKey, { ...AT_REST, nist: ['SC-12(2)', ...AT_REST.nist!] }),
    get examples(): Examples { return customerKeyExamples(type, asked ?? rows[0], rows.filter(isAsked)); },
    isGenerated: true,
    check: underCustomerKey(rows),
  }];
}

/** Whether a key is asked for: elsewhere one that is named is judged. */
const isAsked = ({ optional, leftOut }: AtRestRow) => !optional && leftOut !== 'bucket' && leftOut !== 'parent';

const underKey = (row: AtRestRow, key: string): Properties => ({ ...applying(row), ...below(row, { ...firstOf(row.set ?? {}), [row.key!]: key }) });

function customerKeyExamples(type: string, row: AtRestRow, asked: readonly AtRestRow[]): Examples {
  const others: Properties = Object.assign({}, ...asked.map((each) => underKey(each, KEY_OF_TEMPLATE)));
  const under = (key: string): Properties => ({ ...others, ...underKey(row, key) });
  return {
    wrong: {
      'the key that AWS manages': exampleOf(type, under(`alias/aws/${type.split('::')[0].toLowerCase()}`)),
      ...(isAsked(row) && row.leftOut !== 'account' ? { 'no key': exampleOf(type, applying(row)) } : {}),
    },
    right: { 'a key of the template': exampleOf(type, under(KEY_OF_TEMPLATE)) },
    undetermined: { 'a key that the deployment imports': exampleOf(type, under('{{resolve:ssm:/key}}')) },
  };
}

function encryptedRule(type: string, row: TypeRow): Rule[] {
  const rows = (row.atRest ?? []).filter(saysEncrypted);
  if (rows.length === 0 || row.rules?.encrypted) { return []; }
  return [{
    id: `Encryption-${ruleName(type)}Encrypted`,
    severity: 'warning',
    guards: 'at rest',
    resourceTypes: [`AWS::${type}`],
    info: `AWS::${type} should encrypt its data at rest.`,
    why: 'Data that is not encrypted can be read by anybody who gets a copy of its storage, a snapshot or a backup.',
    fix: `${fixOf(rows)}${replacementOf(rows)}`,
    see: pageOf(type, row),
    controls: controls(row.controls?.encrypted, AT_REST),
    get examples(): Examples { return encryptedExamples(type, rows[0], rows); },
    isGenerated: true,
    check: isEncrypted(rows),
  }];
}

/** What turns encryption on: a switch, a mode, or the key alone. */
function fixOf(rows: readonly AtRestRow[]): string {
  const parts = rows.map((row) => Object.entries(below(row, firstOf(row.set ?? {}))).map(([path, value]) => `${path}: ${String(value)}`)
    .concat(row.key && Object.keys(row.set ?? {}).length === 0 ? [names([row])[0]] : []).join(' and '));
  return `Set ${listed([...new Set(parts)])}.`;
}

function encryptedExamples(type: string, row: AtRestRow, rows: readonly AtRestRow[]): Examples {
  const on: Properties = Object.assign({}, ...rows.filter((each) => each === row || !each.optional)
    .map((each) => (each.key ? underKey(each, KEY_OF_TEMPLATE) : { ...applying(each), ...below(each, firstOf(each.set ?? {})) })));
  const switches = Object.entries(row.set ?? {}).filter(([, value]) => typeof value === 'boolean');
  const off = row.unencrypted ? firstOf(row.unencrypted) : Object.fromEntries(switches.map(([path, value]) => [path, !(value as boolean)]));
  return {
    wrong: {
      ...(Object.keys(off).length > 0 ? { 'turned off': exampleOf(type, { ...applying(row), ...below(row, off) }) } : {}),
      ...(row.leftOut === 'none' ? { 'nothing said': exampleOf(type, applying(row)) } : {}),
    },
    right: { 'turned on': exampleOf(type, on) },
  };
}

function inTransitRule(type: string, row: TypeRow): Rule[] {
  const rows = row.inTransit ?? [];
  if (rows.length === 0 || row.rules?.inTransit) { return []; }
  return [{
    id: `Encryption-${ruleName(type)}InTransit`,
    severity: 'warning',
    guards: 'in transit',
    resourceTypes: [`AWS::${type}`],
    info: `AWS::${type} should encrypt data in transit.`,
    why: 'Who is on the way of data that is not encrypted, or encrypted by an old protocol, can read and change it.',
    fix: `Set ${listed(rows.map((each) => `${pathOf(each)} to ${shownValues(each.safe)}`))}.${replacementOf(rows)}`,
    see: pageOf(type, row),
    controls: controls(row.controls?.inTransit, IN_TRANSIT),
    get examples(): Examples { return inTransitExamples(type, rows); },
    isGenerated: true,
    check: isEncryptedInTransit(rows),
  }];
}

const pathOf = ({ property, when }: InTransitRow) => (property.startsWith('.') ? `${when}${property}` : property);

/** What an example writes in place of `*`. */
const whole = (value: Scalar): Scalar => (typeof value === 'string' ? value.replace(/\*$/, '2021') : value);

function inTransitExamples(type: string, rows: readonly InTransitRow[]): Examples {
  const [first] = rows;
  const safe = (row: InTransitRow): Properties => ({ ...applying(row), [pathOf(row)]: whole([row.safe].flat()[0] as Scalar) });
  // Every row that asks for something is right, where they apply together.
  const right = Object.assign({}, ...rows.filter((row) => row === first || (row.leftOut === 'unsafe' && row.where === undefined)).map(safe));
  const [value] = [first.safe].flat() as Scalar[];
  return {
    wrong: {
      'turned off': exampleOf(type, { ...safe(first), [pathOf(first)]: typeof value === 'boolean' ? !value : value === 'true' ? 'false' : 'NONE' }),
      ...(first.leftOut === 'unsafe' ? { 'nothing said': exampleOf(type, applying(first)) } : {}),
    },
    right: { 'turned on': exampleOf(type, right) },
  };
}

/** A key that cannot encrypt, for all types at once. */
function usableRule(table: Table): Rule {
  const types = Object.entries(table).filter(([, { atRest = [], rules }]) => !rules?.keyUsable && atRest.some(({ key }) => key !== undefined));
  const checks = new Map(types.map(([type, { atRest }]) => [`AWS::${type}`, keyIsUsable(atRest!)]));
  return {
    id: 'Encryption-ResourceKeyUsable',
    severity: 'error',
    guards: 'at rest',
    resourceTypes: [...checks.keys()],
    info: 'The key of a resource must be symmetric, enabled, of the same Region, and exist.',
    why: 'AWS services encrypt under symmetric keys of their own Region only. Under another key the deployment fails, or every read and write does.',
    fix: 'Name an enabled, symmetric KMS key of the Region of the resource.',
    see: 'https://docs.aws.amazon.com/kms/latest/developerguide/service-integration.html',
    controls: AT_REST,
    get examples(): Examples { return USABLE_EXAMPLES; },
    check: (resource) => checks.get(resource.type)!(resource),
  };
}

const TOPIC: Properties = { KmsMasterKeyId: KEY_OF_TEMPLATE };
const USABLE_EXAMPLES: Examples = {
  wrong: {
    'a key that makes codes': exampleOf('SNS::Topic', TOPIC, '{KeySpec: HMAC_256, KeyUsage: GENERATE_VERIFY_MAC}'),
    'an asymmetric key': exampleOf('SNS::Topic', TOPIC, '{KeySpec: RSA_4096}'),
    'a disabled key': exampleOf('SNS::Topic', TOPIC, '{Enabled: false}'),
  },
  right: { 'a symmetric key': exampleOf('SNS::Topic', TOPIC) },
};
