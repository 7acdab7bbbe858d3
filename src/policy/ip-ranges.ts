/* eslint-disable no-bitwise -- addresses are numbers of 32 and 128 bits */
/** Sets of IP addresses, as sorted ranges of numbers that do not touch: IPv4 and IPv6 apart. */

type Range = readonly [first: bigint, last: bigint];

/** A set of addresses. */
export interface Addresses {
  readonly v4: readonly Range[];
  readonly v6: readonly Range[];
}

const LAST = { v4: (1n << 32n) - 1n, v6: (1n << 128n) - 1n };
export const NO_ADDRESS: Addresses = { v4: [], v6: [] };
export const EVERY_ADDRESS: Addresses = { v4: [[0n, LAST.v4]], v6: [[0n, LAST.v6]] };

/**
 * The addresses of a CIDR block, or one address; `undefined` where it is neither. A block of IPv4-mapped addresses (`::ffff:0:0/96`) means the addresses of
 * version 4 too: which of the two AWS compares is on no page.
 *
 * @see https://www.rfc-editor.org/rfc/rfc4291#section-2.5.5.2
 */
export function addressesOf(text: string): Addresses | undefined {
  const [address, length, ...more] = text.split('/');
  const version = address.includes(':') ? 'v6' : 'v4';
  const bits = version === 'v6' ? 128 : 32;
  const number = version === 'v6' ? v6Number(address) : v4Number(address);
  const kept = length === undefined ? bits : /^\d{1,3}$/.test(length) ? Number(length) : NaN;
  if (number === undefined || more.length > 0 || !(kept <= bits)) { return undefined; }
  const rest = BigInt(bits - kept);
  const first = (number >> rest) << rest;
  const last = first + (1n << rest) - 1n;
  const isMapped = version === 'v6' && first >> 32n === 0xffffn && last >> 32n === 0xffffn;
  return { ...NO_ADDRESS, ...(isMapped ? { v4: [[first & LAST.v4, last & LAST.v4]] } : {}), [version]: [[first, last]] };
}

function v4Number(address: string): bigint | undefined {
  const parts = address.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) { return undefined; }
  return parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

/** The last 32 bits may be written as an address of version 4: `::ffff:203.0.113.1`. */
function v6Number(written: string): bigint | undefined {
  const address = written.replace(/(?<=:)[\d.]*\.[\d.]*$/, (end) => {
    const number = v4Number(end);
    return number === undefined ? end : `${(number >> 16n).toString(16)}:${(number & 65535n).toString(16)}`;
  });
  const [head, tail, ...more] = address.split('::');
  const groups = (text: string | undefined) => (text === undefined || text === '' ? [] : text.split(':'));
  const [before, after] = [groups(head), groups(tail)];
  const missing = 8 - before.length - after.length;
  if (more.length > 0 || (tail === undefined ? missing !== 0 : missing < 0)) { return undefined; }
  const all = [...before, ...Array<string>(tail === undefined ? 0 : missing).fill('0'), ...after];
  return all.every((group) => /^[0-9a-f]{1,4}$/i.test(group)) ? all.reduce((sum, group) => sum * 65536n + BigInt(`0x${group}`), 0n) : undefined;
}

export function union(sets: readonly Addresses[]): Addresses {
  return { v4: joined(sets.flatMap(({ v4 }) => v4)), v6: joined(sets.flatMap(({ v6 }) => v6)) };
}

export function complement({ v4, v6 }: Addresses): Addresses {
  return { v4: gaps(v4, LAST.v4), v6: gaps(v6, LAST.v6) };
}

export function intersection(a: Addresses, b: Addresses): Addresses {
  return complement(union([complement(a), complement(b)]));
}

export const isEmpty = ({ v4, v6 }: Addresses) => v4.length + v6.length === 0;

export function contains({ v4, v6 }: Addresses, address: string): boolean {
  const one = addressesOf(address);
  const within = (ranges: readonly Range[], wanted: readonly Range[]) =>
    wanted.every(([number]) => ranges.some(([first, last]) => first <= number && number <= last));
  return one !== undefined && within(v4, one.v4) && within(v6, one.v6);
}

function joined(ranges: readonly Range[]): Range[] {
  const result: Array<[bigint, bigint]> = [];
  for (const [first, last] of [...ranges].sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0))) {
    const previous = result[result.length - 1];
    if (previous && first <= previous[1] + 1n) { if (last > previous[1]) { previous[1] = last; } } else { result.push([first, last]); }
  }
  return result;
}

function gaps(ranges: readonly Range[], last: bigint): Range[] {
  const result: Range[] = [];
  let next = 0n;
  for (const [first, end] of ranges) {
    if (first > next) { result.push([next, first - 1n]); }
    next = end + 1n;
  }
  return next > last ? result : [...result, [next, last]];
}

const PRIVATE = union(['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'].map((block) => addressesOf(block)!));

/**
 * Whether a set is so broad that it limits nobody: more public addresses than an IPv4 block of /8 or an IPv6 block of /32 has. S3 judges
 * each block so; a union is judged as one.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
export function isBroad(addresses: Addresses): boolean {
  const open = intersection(addresses, complement(PRIVATE));
  const count = (ranges: readonly Range[]) => ranges.reduce((sum, [first, last]) => sum + last - first + 1n, 0n);
  return count(open.v4) > 1n << 24n || count(open.v6) > 1n << 96n;
}

/** Some address of a set, a public one where there is one; `undefined` where the set is empty. */
export function someAddress(addresses: Addresses): string | undefined {
  const open = intersection(addresses, complement(PRIVATE));
  for (const { v4, v6 } of [open, addresses]) {
    // The last one: 0.0.0.0 and :: are nobody's.
    if (v4.length > 0) { return v4Text(v4[v4.length - 1][0] || v4[v4.length - 1][1]); }
    if (v6.length > 0) { return v6Text(v6[v6.length - 1][0] || v6[v6.length - 1][1]); }
  }
  return undefined;
}

const v4Text = (number: bigint) => [24n, 16n, 8n, 0n].map((shift) => (number >> shift) & 255n).join('.');
const v6Text = (number: bigint) => Array.from({ length: 8 }, (_, index) => ((number >> BigInt(16 * (7 - index))) & 65535n).toString(16)).join(':');
