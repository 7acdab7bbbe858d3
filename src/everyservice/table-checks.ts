import { customerKey, usableKey } from '../kms/keys';
import { Check, fail, NOT_APPLICABLE, PASS, undetermined, Verdict } from '../rules/rule';
import { dependingOn, notKnown, worst } from '../rules/values';
import { isOneOf, Place, placesOf } from '../table/places';
import type { AtRestRow, InTransitRow, LeftOut, Scalar, Values } from '../table/row';
import type { Read } from '../template/read';

/** What is so where no key is named, as a sentence goes on after it. */
export const WITHOUT_KEY: Readonly<Record<LeftOut, string>> = {
  owned: 'a key that AWS owns encrypts it',
  managed: 'a key that AWS manages encrypts it',
  service: 'the service encrypts it under keys of its own',
  none: 'it is not encrypted',
  account: 'the default key of EBS in the account encrypts it, if encryption by default is on',
  bucket: 'it is encrypted as the bucket says',
  parent: 'it is encrypted as the resource says to which it belongs',
  required: 'AWS refuses the resource',
  unknown: 'AWS\'s page does not say which key encrypts it',
};

/** Applies to each place of each row, the worst verdict first. */
function forEach<T extends AtRestRow | InTransitRow>(rows: readonly T[], check: (row: T, place: Place) => Verdict): Check {
  return (resource) => {
    const verdicts = rows.flatMap((row) => placesOf(resource, row).map((place) => dependingOn(place.unknown, check(row, place))));
    const judged = verdicts.filter(({ kind }) => kind !== 'not applicable');
    return judged.length === 0 ? NOT_APPLICABLE : worst(...judged);
  };
}

/** Data is under a customer-managed key. */
export const underCustomerKey = (rows: readonly AtRestRow[]) => forEach(rows.filter(({ key }) => key !== undefined), (row, place) => worst(
  ...place.read(row.key!).map((key) => (key.kind === 'absent' ? withoutKey(row, place, key) : customerKey(key).kind === 'pass' ? keyIsUsed(row, place) : customerKey(key))),
));

function withoutKey(row: AtRestRow, place: Place, { where }: Read): Verdict {
  if (row.optional || row.leftOut === 'bucket' || row.leftOut === 'parent') { return NOT_APPLICABLE; }
  const detail = `${where} is not set: ${whichKey(row, place)}`;
  const inherited = inheritedFrom(row, place);
  if (inherited !== undefined) { return undetermined(`${where} is not set, and ${inherited} decides`); }
  return row.leftOut === 'account' ? undetermined(detail) : fail(detail);
}

/** Which key encrypts data for which none is named: another where encryption is turned on than where nothing is said. */
function whichKey({ set = {}, unencrypted = {}, leftOut }: AtRestRow, place: Place): string {
  const said = (values: Values) => Object.entries(values)
    .flatMap(([path, wanted]) => place.read(path).map((read) => [read.literal(), wanted] as const));
  if (said(unencrypted).some(([read, values]) => read.kind === 'value' && isOneOf(read.text, values))) { return WITHOUT_KEY.none; }
  const switches = said(set);
  if (switches.some(([read]) => read.kind === 'unknown')) { return 'another key than yours encrypts it, or none'; }
  // A mode that is left out has a default; a switch is off.
  const isOn = switches.some(([read]) => read.kind === 'value') && switches.every(([read, values]) =>
    (read.kind === 'value' ? isOneOf(read.text, values) : typeof values !== 'boolean'));
  return isOn ? 'a key of AWS encrypts it' : WITHOUT_KEY[leftOut];
}

/** A key that is named is not used where another property says so. */
function keyIsUsed({ set = {} }: AtRestRow, place: Place): Verdict {
  return worst(PASS, ...Object.entries(set).flatMap(([path, values]) => place.read(path).map((read): Verdict => read.literal().match({
    value: (given) => (isOneOf(given.text, values) ? PASS : fail(`${given.where} is ${given.text}, so that the key is not used`)),
    // AWS refuses a switch that is left out beside a key; a mode has a default.
    absent: () => (typeof values === 'boolean' && values ? fail(`${read.where} is not true, so that the key is not used`) : PASS),
    unknown: notKnown,
  }))));
}

/** What decides in place of the resource: a snapshot or a source that it is made of. */
function inheritedFrom({ inherits = [] }: AtRestRow, place: Place): string | undefined {
  return inherits.flatMap((path) => place.read(path)).find(({ kind }) => kind !== 'absent')?.where;
}

/** Data is encrypted, under whichever key. */
export const isEncrypted = (rows: readonly AtRestRow[]) => forEach(rows.filter(saysEncrypted), (row, place) => {
  const off = Object.entries(row.unencrypted ?? {}).flatMap(([path, values]) => place.read(path).map((read) => offBy(read, values)));
  const switches = Object.entries(row.set ?? {}).filter(([, values]) => typeof values === 'boolean');
  const on = row.leftOut === 'none' || row.leftOut === 'account' ? switches.flatMap(([path, wanted]) => place.read(path).map((read) => onBy(read, wanted as boolean, row, place))) : [];
  // Where there is no switch, encryption begins with a key or a mode.
  const begins = row.leftOut === 'none' && switches.length === 0 ? [beginsBy(row, place)] : [];
  const verdicts = [...off, ...on, ...begins].filter(({ kind }) => kind !== 'not applicable');
  return verdicts.length === 0 ? NOT_APPLICABLE : worst(...verdicts);
});

/** Whether the template decides that data is encrypted: elsewhere AWS always does. */
export function saysEncrypted({ leftOut, set = {}, unencrypted, optional }: AtRestRow): boolean {
  return unencrypted !== undefined || (leftOut === 'none' && !optional) || (leftOut === 'account' && Object.values(set).some((value) => typeof value === 'boolean'));
}

function offBy(read: Read, values: Scalar | readonly (Scalar | null)[]): Verdict {
  return read.literal().match({
    value: (given) => (isOneOf(given.text, values) ? fail(`${given.where} is ${given.text}: it is not encrypted`) : PASS),
    absent: () => PASS,
    unknown: notKnown,
  });
}

function onBy(read: Read, wanted: boolean, row: AtRestRow, place: Place): Verdict {
  return read.literal().match({
    value: (given) => (isOneOf(given.text, wanted) ? PASS
      : fail(`${given.where} is ${given.text}: it is not encrypted${row.leftOut === 'account' ? ', unless the account encrypts volumes by default' : ''}`)),
    absent: () => {
      const inherited = inheritedFrom(row, place);
      if (inherited !== undefined) { return undetermined(`${read.where} is not set, and ${inherited} decides`); }
      return row.optional ? NOT_APPLICABLE : row.leftOut !== 'account' ? fail(`${read.where} is not set: it is not encrypted`)
        : undetermined(`${read.where} is not set: it is encrypted only if encryption of EBS is on by default in the account`);
    },
    unknown: notKnown,
  });
}

function beginsBy(row: AtRestRow, place: Place): Verdict {
  const reads = [...(row.key ? [row.key] : []), ...Object.keys(row.set ?? {})].flatMap((path) => place.read(path));
  const unknown = reads.find(({ kind }) => kind === 'unknown');
  if (reads.some(({ kind }) => kind === 'value')) { return PASS; }
  if (unknown?.kind === 'unknown') { return notKnown(unknown); }
  return fail(`${reads[0].where} is not set: it is not encrypted`);
}

/** The key that is named can encrypt: it is symmetric, enabled and of the resource's own Region. */
export const keyIsUsable = (rows: readonly AtRestRow[]): Check => (resource) => forEach(rows.filter(({ key }) => key !== undefined), (row, place) =>
  worst(...place.read(row.key!).map((key) => usableKey(resource, key, row.region !== undefined))))(resource);

/** Data is encrypted on its way. */
export const isEncryptedInTransit = (rows: readonly InTransitRow[]) => forEach(rows, (row, place) => {
  const values = place.read(row.property).flatMap((read): readonly Read[] => (read.kind === 'value' && read.isList ? read.items() : [read]));
  return worst(...values.map((value) => value.literal().match({
    value: (given) => (isOneOf(given.text, row.safe) ? PASS : fail(`${given.where} is ${given.text}; expected ${shownValues(row.safe)}`)),
    absent: () => withoutProperty(row, value.where),
    unknown: notKnown,
  })));
});

function withoutProperty(row: InTransitRow, where: string): Verdict {
  switch (row.leftOut) {
    case 'safe': return PASS;
    case 'optional': return NOT_APPLICABLE;
    case 'unsafe': return fail(`${where} is not set; expected ${shownValues(row.safe)}`);
    case 'unknown': return undetermined(`${where} is not set, and AWS's page does not say what is so then`);
  }
}

/** Values as a person reads them: `TLS`, or `TLS_1_2 or SecurityPolicy_TLS13_…`. */
export function shownValues(values: Scalar | readonly (Scalar | null)[]): string {
  const shown = [values].flat().map((value) => String(value).replace(/\*$/, '…'));
  return shown.length === 1 ? shown[0] : `${shown.slice(0, -1).join(', ')} or ${shown[shown.length - 1]}`;
}
