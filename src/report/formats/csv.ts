import type { ReportDocument, ReportedResource } from '../document';

const COLUMNS: ReadonlyArray<readonly [title: string, value: (resource: ReportedResource) => unknown]> = [
  ['resource', ({ resource }) => resource],
  ['type', ({ type }) => type],
  ['account', ({ account }) => account],
  ['region', ({ region }) => region],
  ['stack', ({ stack }) => stack],
  ['key', ({ key }) => key],
  ['at rest', ({ atRest }) => atRest],
  ['in transit', ({ inTransit }) => inTransit],
  ['tls policy', ({ tls }) => tls?.policy],
  ['tls minimum', ({ tls }) => tls?.minimumVersion],
  ['post-quantum', ({ tls }) => tls?.postQuantum],
  ['key spec', ({ keyDetails }) => keyDetails?.spec],
  ['key rotation', ({ keyDetails }) => keyDetails?.rotation],
  ['multi-Region', ({ keyDetails }) => keyDetails?.multiRegion],
  ['who can decrypt', ({ access }) => access.filter(({ can }) => can === 'decrypt').map(({ who, certainty }) => (certainty === 'yes' ? who : `${who} (${certainty})`)).join('; ')],
  ['findings', ({ findings }) => findings.map(({ rule, level }) => `${rule} (${level})`).join('; ')],
  ['exceptions', ({ exceptions }) => exceptions.map(({ rule, reason, author, expires }) => `${rule}: ${reason}${author === undefined ? '' : ` (by ${author})`}${expires === undefined ? '' : ` (until ${expires})`}`).join('; ')],
  ['controls passed', ({ controls }) => controls.passed.join('; ')],
  ['controls failed', ({ controls }) => controls.failed.join('; ')],
  ['evidence', ({ evidence }) => evidence.map(({ property, value, line }) => `${property} = ${value}${line === undefined ? '' : ` (line ${line})`}`).join('; ')],
  ['file', ({ file }) => file],
  ['line', ({ line }) => line],
];

/** One line a resource, as RFC 4180 has it: for a spreadsheet. */
export function csvReport({ resources }: ReportDocument): string {
  return [COLUMNS.map(([title]) => title), ...resources.map((resource) => COLUMNS.map(([, value]) => value(resource)))]
    .map((cells) => cells.map(cell).join(',')).join('\r\n');
}

/**
 * A spreadsheet takes what begins so for a formula, and a name in a template may be one.
 *
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

function cell(value: unknown): string {
  if (value === undefined) { return ''; }
  if (typeof value === 'number') { return String(value); }
  const text = String(value);
  // `-` alone says that there is none; it is not a formula.
  const safe = FORMULA.test(text) && text !== '-' ? `'${text}` : text;
  return /[",\r\n;']/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}
