import { summaryOf } from './diff-summary';
import { printable } from './printable';
import { AccessChange, BrokenFlow, Concern, DiffDocument, FailOn, fails, KeyChange, ResourceChange } from '../../diff/document';
import { NOT_SEEN } from '../../report/access';
import { paint, Style } from '../colour';

/** How somebody wants to see a comparison. */
export interface DiffView {
  readonly colour: boolean;
  /** Only what fails the run, a line each. */
  readonly quiet: boolean;
  readonly failOn: FailOn;
}

const STYLES: Readonly<Record<Concern, Style>> = { 'lost': 'red', 'left-behind': 'yellow', 'refused': 'yellow', 'weakened': 'yellow', 'undetermined': 'gray' };

/** What becomes of data, or of access to a key. */
const SAID: Readonly<Record<Concern, string>> = {
  'lost': 'the data is lost', 'left-behind': 'the data is left behind', 'refused': 'the deployment fails', 'weakened': 'protected less', 'undetermined': 'not all of it is known',
};

/** For people: what changes of each resource, then who gains and loses access. */
export function diffText(document: DiffDocument, view: DiffView): string {
  if (view.quiet) { return quietLines(document, view).join('\n'); }
  const { resources, keys, flows, notCompared, leftOut } = document;
  const paragraphs = [
    ...resources.map((each) => resourceLines(each, view)),
    ...(flows.length > 0 ? [['Who wrote or read, and cannot use the key any more', ...flows.flatMap((flow) => flowLines(flow, view))]] : []),
    ...keys.map((each) => keyLines(each, view)),
    ...(notCompared.length > 0 ? [['Not read, and so not compared', ...notCompared.map(({ where, reason }) => `  ${printable(`${where}: ${reason}`)}`)]] : []),
    ...(leftOut.length > 0 ? [[`Not compared, because the other side is a single template: ${leftOut.map(printable).join(', ')}`]] : []),
    ...(keys.length > 0 ? [[`Not seen, and could allow less or more: ${NOT_SEEN.join('; ')}.`]] : []),
    [`${capital(summaryOf(document).text)}.`],
  ];
  return paragraphs.map((lines) => lines.join('\n')).join('\n\n');
}

const capital = (text: string) => `${text[0].toUpperCase()}${text.slice(1)}`;

function concernText(concern: Concern | undefined, effect: ResourceChange['effect'], type: string, { colour }: DiffView): string {
  if (concern === undefined) { return ''; }
  const isKeyTurnedOff = concern === 'lost' && effect === 'in place' && type.startsWith('AWS::KMS::');
  return `: ${paint(colour, STYLES[concern], isKeyTurnedOff ? 'access is lost' : SAID[concern])}`;
}

function resourceLines({ resource, type, file, line, effect, concern, changes, data, see }: ResourceChange, view: DiffView): string[] {
  const place = `${type}  ${file}${line === undefined ? '' : `:${line}`}`;
  return [
    `${printable(resource)}  ${paint(view.colour, 'gray', printable(place))}`,
    `  ${effect}${concernText(concern, effect, type, view)}`,
    ...changes.map(({ property, from, to, note }) => `    ${printable(`${property}: ${from} → ${to}${note === undefined ? '' : ` (${note})`}`)}`),
    `    ${printable(data)}`,
    ...(see === undefined ? [] : [`    ${paint(view.colour, 'gray', printable(see))}`]),
  ];
}

function flowLines({ resource, rule, detail, concern }: BrokenFlow, { colour }: DiffView): string[] {
  return [`  ${printable(resource)}  ${paint(colour, STYLES[concern], printable(rule))}`, `    ${printable(detail)}`];
}

function keyLines({ of, type, is, gains, loses, changes }: KeyChange, view: DiffView): string[] {
  return [
    `${printable(of)}  ${paint(view.colour, 'gray', printable(`${type}${is === undefined ? '' : `, ${is}`}`))}`,
    ...partyLines('loses', loses, view),
    ...partyLines('gains', gains, view),
    ...partyLines('keeps', changes, view),
  ];
}

/** A line for each party, with everything that it can do in the same way. */
function partyLines(verb: 'gains' | 'loses' | 'keeps', all: readonly AccessChange[], { colour }: DiffView): string[] {
  const alike = new Map<string, AccessChange[]>();
  for (const change of all) {
    const key = JSON.stringify({ ...change, can: undefined });
    alike.set(key, [...(alike.get(key) ?? []), change]);
  }
  return [...alike.values()].flatMap((changes) => {
    const [{ who, kind, concern, outside, certainty, by, through, conditions, note, before }] = changes;
    const details = [
      by === '' ? undefined : by, through === undefined ? undefined : `through ${through}`, conditions.length > 0 ? `if ${conditions.join(' and ')}` : undefined, note,
      before === undefined ? undefined : `before: ${before}`,
    ].filter((each) => each !== undefined);
    const style = concern === undefined ? verb === 'gains' ? 'green' : 'gray' : STYLES[concern];
    const party = kind === 'anybody' || kind === 'unknown' ? who : `${kind} ${who}`;
    return [
      `  ${paint(colour, style, verb)}  ${changes.map(({ can }) => can).join(', ')}  ${printable(party)}${outside ? paint(colour, 'red', kind === 'anybody' ? ' (EVERYBODY)' : ' (OTHER ACCOUNT)') : ''}  ${paint(colour, 'gray', certainty)}`,
      ...(details.length > 0 ? [`         ${printable(details.join('; '))}`] : []),
    ];
  });
}

/** A line for each thing that fails the run, and nothing where nothing does. */
function quietLines({ resources, keys, flows, notCompared }: DiffDocument, { failOn }: DiffView): string[] {
  const counts = (concern: Concern | undefined): concern is Concern => fails(concern, failOn);
  const ofKey = ({ of, gains, loses, changes }: KeyChange) => ([['gains', gains], ['loses', loses], ['keeps', changes]] as const).flatMap(([verb, all]) =>
    all.flatMap(({ concern, who, can }) => (counts(concern) ? [`${concern}: ${of}: ${who} ${verb} ${can}`] : [])));
  return [
    ...resources.flatMap(({ resource, effect, concern, data }) => (counts(concern) ? [`${concern}: ${resource}: ${effect}: ${data}`] : [])),
    ...flows.flatMap(({ resource, rule, detail, concern }) => (counts(concern) ? [`${concern}: ${resource}: ${rule}: ${detail}`] : [])),
    ...keys.flatMap(ofKey),
    ...(counts('undetermined') ? notCompared.map(({ where, reason }) => `undetermined: ${where}: ${reason}`) : []),
  ].map(printable);
}
