/**
 * A policy of one Region as it must read in another: ARNs, `kms:ViaService` endpoints and Regional service principals name
 * the new Region; names that merely contain the old one (a role `app-us-east-1`) stay.
 *
 * Works on resolved JSON, in which a text with intrinsics is an `Fn::Join`.
 */
export function inRegion(json: unknown, from: string, to: string): unknown {
  if (typeof json === 'string') { return textInRegion(json, from, to); }
  if (Array.isArray(json)) { return json.map((item) => inRegion(item, from, to)); }
  if (typeof json !== 'object' || json === null) { return json; }
  const joined = joinedParts(json);
  if (joined) { return { 'Fn::Join': ['', joinInRegion(joined, from, to)] }; }
  if (isIntrinsic(json)) { return json; }
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, inRegion(value, from, to)]));
}

/** `arn:aws:logs:us-east-1:…`, `s3.us-east-1.amazonaws.com`, or the Region itself (`aws:RequestedRegion`). */
function textInRegion(text: string, from: string, to: string): string {
  if (text === from) { return to; }
  if (text.startsWith('arn:')) {
    const [arn, partition, service, region, ...rest] = text.split(':');
    return [arn, partition, service, region === from ? to : region, ...rest].join(':');
  }
  const [service, region, ...suffix] = text.split('.');
  return region === from && suffix.length > 0 ? [service, to, ...suffix].join('.') : text;
}

/** What an intrinsic refers to is where it is: an output of a stack in the old Region is read there. */
function isIntrinsic(json: object): boolean {
  const keys = Object.keys(json);
  return keys.length === 1 && (keys[0] === 'Ref' || keys[0].startsWith('Fn::'));
}

function joinedParts(json: object): unknown[] | undefined {
  const join = (json as Record<string, unknown>)['Fn::Join'];
  return Array.isArray(join) && join[0] === '' && Array.isArray(join[1]) ? join[1] : undefined;
}

/** Intrinsics stand in for themselves as a mark that no policy contains. */
function joinInRegion(parts: unknown[], from: string, to: string): unknown[] {
  const MARK = '\u0000';
  const text = parts.map((part) => (typeof part === 'string' ? part : MARK)).join('');
  const intrinsics = parts.filter((part) => typeof part !== 'string');
  return textInRegion(text, from, to).split(MARK)
    .flatMap((part, index) => (index === 0 ? [part] : [intrinsics[index - 1], part]))
    .filter((part) => part !== '');
}
