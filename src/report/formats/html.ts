import { createHash } from 'node:crypto';
import type { ReportDocument, Summary } from '../document';
import { escape } from '../page/escape';
import { pictureOf } from '../page/graph';
import { cssName, pictureSvg } from '../page/picture';
import { SCRIPT } from '../page/script';
import { STYLE } from '../page/style';
import { filters, tableOf } from '../page/table';

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** The report for people: one file that loads nothing, and runs nothing but its own script. */
export function htmlReport(report: ReportDocument): string {
  const picture = pictureOf(report);
  // `style` attributes would need 'unsafe-inline': widths stand in a style sheet of their own.
  const style = `${STYLE}\n${widths(report.summary)}`;
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${hashOf(style)}; script-src ${hashOf(SCRIPT)}; base-uri 'none'; form-action 'none'">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer">',
    '<title>Encryption report</title>',
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    '<a class="skip" href="#resources">To the resources</a>',
    header(report),
    '<main>',
    summary(report.summary),
    '<section aria-labelledby="picture-heading"><h2 id="picture-heading">Keys, resources, and who uses them</h2>',
    legend(picture.isCollapsed),
    `<div class="scroll tall" tabindex="0" role="region" aria-label="Picture of keys and resources">${pictureSvg(picture)}</div></section>`,
    '<section aria-labelledby="table-heading"><h2 id="table-heading">Resources</h2>',
    filters(report),
    tableOf(report),
    '</section>',
    notLookedAt(report),
    '</main>',
    footer(report),
    `<script>${SCRIPT}</script>`,
    '</body>',
    '</html>',
  ].join('\n');
}

function header({ templates, time, commit }: ReportDocument): string {
  const places = [...new Set(templates.map(({ account, region }) => [account, region].filter(Boolean).join(' · ')).filter(Boolean))];
  const stacks = [...new Set(templates.map(({ stack, file }) => stack ?? file))];
  const of = stacks.length <= 4 ? stacks.join(', ') : `${templates.length} templates`;
  return `<header><h1>Encryption report</h1><p class="meta">${escape(of)}${places.length > 0 ? `, for ${escape(places.slice(0, 8).join(', '))}${places.length > 8 ? ' and more' : ''}` : ''}`
    + `${commit === undefined ? '' : `, commit ${escape(commit.slice(0, 12))}`}, ${escape(time.replace('T', ' ').replace(/\.\d+Z$/, ' UTC'))}</p></header>`;
}

/** What somebody takes with them who looks for ten seconds. */
function summary(of: Summary): string {
  const { atRest, inTransit } = of;
  const wrong = atRest.no + inTransit.no;
  const open = atRest.unknown + inTransit.unknown;
  const [status, verdict] = of.resources === 0 ? ['unknown', 'No resources were found that this report is about.'] as const
    : wrong > 0 ? ['no', `Not everything is encrypted: ${counted(atRest.no, 'resource is not encrypted at rest', 'resources are not encrypted at rest')}, ${inTransit.no} not in transit.`] as const
      : open > 0 ? ['unknown', `Nothing was found that is not encrypted, but ${counted(open, 'answer is', 'answers are')} not known.`] as const
        : ['yes', 'Everything that was looked at is encrypted, at rest and in transit.'] as const;
  const keys = of.underAwsKey === 0 ? ''
    : ` ${counted(of.underAwsKey, 'resource is under a key that AWS holds', 'resources are under keys that AWS holds')}, not under a key of yours.`;
  return `<p class="verdict"><strong class="${status}">${escape(verdict)}</strong>${escape(keys)}</p><ul class="tiles">${[
    tile('rest', `${encrypted(atRest)} of ${askedOf(atRest)}`, 'encrypted at rest', REST_STATES, restOf(of)),
    tile('transit', `${encrypted(inTransit)} of ${askedOf(inTransit)}`, 'encrypted in transit', TRANSIT_STATES, inTransit),
    plainTile(String(of.underCustomerKey), `resources under ${counted(of.keys, 'key', 'keys')} of yours`),
    plainTile(String(of.failed), `findings${of.exceptions > 0 ? `, ${counted(of.exceptions, 'exception', 'exceptions')} accepted` : ''}`),
    plainTile(String(of.notRead), 'places that could not be read'),
  ].join('')}</ul>`;
}

type Counts<T extends string> = Readonly<Record<T, number>>;

const REST_STATES = ['yes', 'aws', 'no', 'unknown'] as const;
const TRANSIT_STATES = ['yes', 'no', 'unknown'] as const;
const WORDS: Readonly<Record<typeof REST_STATES[number], string>> = { yes: 'yes', aws: 'under keys of AWS', no: 'no', unknown: 'not known' };

/** The parts of the bar: what is encrypted, by whose key it is under. */
const restOf = ({ atRest, underAwsKey }: Summary): Counts<typeof REST_STATES[number]> => ({
  yes: encrypted(atRest) - underAwsKey, aws: underAwsKey, no: atRest.no, unknown: atRest.unknown,
});

const counted = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;
const encrypted = (counts: Counts<'yes'> & Partial<Counts<'AWS-managed' | 'AWS-owned'>>) => counts.yes + (counts['AWS-managed'] ?? 0) + (counts['AWS-owned'] ?? 0);
const askedOf = (counts: Counts<'yes' | 'no' | 'unknown'> & Partial<Counts<'AWS-managed' | 'AWS-owned'>>) => encrypted(counts) + counts.no + counts.unknown;

function tile<T extends typeof REST_STATES[number]>(name: string, number: string, text: string, states: readonly T[], counts: Counts<T>): string {
  const bar = states.map((status) => `<span class="${status} ${name}-${status}"></span>`).join('');
  const words = states.filter((status) => counts[status] > 0).map((status) => `${counts[status]} ${WORDS[status]}`).join(', ');
  return `<li><strong>${escape(number)}</strong>${escape(text)}<span class="bar" role="img" aria-label="${words || 'none'}">${bar}</span></li>`;
}

const plainTile = (number: string, text: string) => `<li><strong>${escape(number)}</strong>${escape(text)}</li>`;

function widths(of: Summary): string {
  const { atRest, inTransit } = of;
  const rules = <T extends string>(name: string, states: readonly T[], counts: Counts<T>, all: number) => states
    .map((status) => `.${name}-${cssName(status)}{width:${Math.round(1000 * counts[status] / Math.max(1, all)) / 10}%}`);
  return [...rules('rest', REST_STATES, restOf(of), askedOf(atRest)), ...rules('transit', TRANSIT_STATES, inTransit, askedOf(inTransit))].join('');
}

function legend(isCollapsed: boolean): string {
  return '<p class="hint">Keys are on the left, what they encrypt beside them, and who writes and reads it on the right; arrows show where data goes. A red frame is not encrypted at rest, '
    + `a purple one is under a key of AWS, a red dashed line is not encrypted in transit; dotted lines are not known.${isCollapsed ? ' What is alike is drawn as one: the table has each.' : ''}</p>`;
}

function notLookedAt({ notRead, notSeen, notes }: ReportDocument): string {
  const items = notRead.map(({ where, reason }) => `<li><strong>${escape(where)}</strong>: ${escape(reason)}</li>`).join('');
  return '<section aria-labelledby="unread-heading"><h2 id="unread-heading">What was not looked at</h2>'
    + `${items === '' ? '<p>Every template was read in full.</p>' : `<ul>${items}</ul>`}<p>No template shows, and this report does not know: ${escape(notSeen.join('; '))}.</p>`
    + `${notes.length === 0 ? '' : `<h3>Notes</h3><ul>${notes.map((note) => `<li>${escape(note)}</li>`).join('')}</ul>`}</section>`;
}

function footer({ version, rulesVersion, rules }: ReportDocument): string {
  return `<footer><p class="meta">cdk-encryption-constructs ${escape(version)}, ${rules} rules (version ${escape(rulesVersion)}).</p></footer>`;
}
