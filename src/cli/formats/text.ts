import { placeOf } from './place';
import { printable } from './printable';
import { summary } from './summary';
import type { Witness } from '../../policy/witness';
import { groupBy } from '../../template/group-by';
import { paint, Style } from '../colour';
import type { Finding } from '../finding';
import type { CodeLines, Report, View } from '../report';

const STYLES: Record<Finding['level'], Style> = { error: 'red', warning: 'yellow', info: 'blue', undetermined: 'gray' };

/** For people: grouped by file and resource. */
export function textReport(report: Report, view: View): string {
  if (view.quiet) { return quietReport(report, view); }
  const styled = (style: Style, text: string) => paint(view.colour, style, text);
  const lines: string[] = [];
  for (const [file, here] of groupBy(report.findings, ({ file: of }) => of)) {
    lines.push(styled('bold', printable(file)));
    for (const { own, others } of folded(here, view.verbose)) { lines.push(...resourceLines(own, others, report, view)); }
    lines.push('');
  }
  lines.push(...shownLines(report, view));
  report.failures.forEach((failure) => lines.push(styled('red', printable(failure.mistake ? `error: ${failure.text}` : `cannot check ${failure.text}`))));
  report.notes.forEach(({ text }) => lines.push(styled('yellow', printable(`warning: ${text}`))));
  if (report.failures.length + report.notes.length > 0) { lines.push(''); }
  const hint = report.findings.length > 0 ? ' `cdk-encryption explain <rule>` says why and how to fix it.' : '';
  return [...lines, `${summary(report)}.${hint}`].join('\n');
}

/** For hooks and logs: a line for each finding that fails the run, and nothing where nothing does. */
function quietReport(report: Report, { fails }: View): string {
  return [
    ...report.findings.filter(fails).map((finding) => {
      const { level, rule, detail, path, logicalId } = finding;
      const { file, line, column } = placeOf(finding, report);
      return printable(`${file}:${line}${column === undefined ? '' : `:${column}`}: ${level}: ${rule.id}: ${path ?? logicalId}: ${detail}${endedText(finding)}`);
    }),
    ...report.failures.map((failure) => printable(failure.mistake ? `error: ${failure.text}` : `cannot check ${failure.text}`)),
  ].join('\n');
}

function resourceLines(own: readonly Finding[], others: readonly string[], report: Report, view: View): string[] {
  const styled = (style: Style, text: string) => paint(view.colour, style, text);
  const { path, logicalId, type, file, line, endLine, source } = own[0];
  const place = `${file}${line === undefined ? '' : `:${line}${endLine === undefined || endLine === line ? '' : `-${endLine}`}`}`;
  const code = source && `${source.file}:${source.line}${source.column === undefined ? '' : `:${source.column}`}`;
  const head = printable(`${path ? `${logicalId}, ` : ''}${type}  ${code ? `${code}  ${place}` : place}`);
  return [
    `  ${printable(path ?? logicalId)} ${styled('gray', head)}`,
    ...(others.length > 0 ? [`  ${styled('gray', printable(`and ${others.length} more of which the same is to be said: ${others.join(', ')}`))}`] : []),
    ...(view.excerpts ? excerptLines(own.flatMap((finding) => report.linesOf(finding) ?? []), view.colour) : []),
    ...own.flatMap((finding) => {
      const { level, rule, detail, witness } = finding;
      return [
        `    ${styled(STYLES[level], level.padEnd(12))} ${printable(`${rule.id}: ${detail}${endedText(finding)}`)}`,
        ...(view.verbose && witness ? requestLines(witness).map((text) => styled('gray', `${' '.repeat(17)}${printable(text)}`)) : []),
      ];
    }),
  ];
}

/** The findings of a resource, and the names of others of its type that have exactly the same. */
interface Folded {
  readonly own: readonly Finding[];
  readonly others: readonly string[];
}

/** So many resources alike are still shown one by one. */
const SHOWN_ALIKE = 2;

/** The findings of a file by resource; those of resources that are alike once. */
function folded(findings: readonly Finding[], verbose: boolean): Folded[] {
  const alike = new Map<string, Finding[][]>();
  for (const own of groupBy(findings, ({ logicalId }) => logicalId).values()) {
    // What a rule says of a resource may name it.
    const said = own.map((finding) => `${finding.level} ${finding.rule.id} ${finding.detail}${endedText(finding)}`).join('\n');
    const key = verbose ? own[0].logicalId : `${own[0].type}\n${said}`;
    alike.set(key, [...(alike.get(key) ?? []), own]);
  }
  return [...alike.values()].flatMap((group) => (group.length <= SHOWN_ALIKE ? group.map((own) => ({ own, others: [] }))
    : [{ own: group[0], others: group.slice(1).map(([{ path, logicalId }]) => path ?? logicalId) }]));
}

/** An acknowledgement that somebody may count on, and that has ended. */
const endedText = ({ acknowledged, expires }: Finding) => (acknowledged === undefined && expires !== undefined ? ` (its acknowledgement expired on ${expires})` : '');

/** A long resource is shown around what is wrong with it. */
const MOST_LINES = 9;
const WIDEST = 160;

/** The lines of one resource, with a mark under what each of its findings speaks of. */
function excerptLines(pieces: readonly CodeLines[], colour: boolean): string[] {
  if (pieces.length === 0) { return []; }
  const [{ first, last, text }] = pieces;
  const pointers = new Map(pieces.map(({ pointer }) => [pointer.line, pointer]));
  const isNear = (line: number) => [...pointers.keys()].some((at) => Math.abs(at - line) <= 1);
  const wanted = [...text.keys()].map((index) => first + index).filter((line) => last - first < MOST_LINES || isNear(line)).slice(0, MOST_LINES);
  const width = String(wanted[wanted.length - 1]).length;
  const indent = Math.min(...wanted.map((line) => text[line - first]).filter((each) => each.trim() !== '').map((each) => each.search(/\S/)));
  const gray = (part: string) => paint(colour, 'gray', part);
  return wanted.flatMap((line, index) => {
    const pointer = pointers.get(line);
    const content = printable(text[line - first].replace(/\t/g, ' ').slice(indent));
    const shownText = content.length > WIDEST ? `${content.slice(0, WIDEST)}…` : content;
    const before = pointer ? pointer.column - 1 - indent : 0;
    return [
      ...(index > 0 && wanted[index - 1] !== line - 1 ? [gray(`      ${' '.repeat(width)} ⋮`)] : []),
      `    ${pointer ? '>' : ' '} ${gray(`${String(line).padStart(width)} |`)} ${shownText}`.trimEnd(),
      ...(pointer && before >= 0 && before < WIDEST ? [`      ${' '.repeat(width)} ${gray('|')} ${' '.repeat(before)}${paint(colour, 'red', '^'.repeat(Math.min(pointer.length, WIDEST - before)))}`] : []),
    ];
  });
}

/** What is only counted otherwise. */
function shownLines({ acknowledged, known, passed }: Report, { show, colour }: View): string[] {
  const place = ({ file, line, path, logicalId }: Pick<Finding, 'file' | 'line' | 'path' | 'logicalId'>) => `${path ?? logicalId}  ${file}${line === undefined ? '' : `:${line}`}`;
  const section = (title: string, lines: readonly string[]) => (lines.length === 0 ? [] : [paint(colour, 'bold', title), ...lines.map((line) => `  ${printable(line)}`), '']);
  return [
    ...(show.has('acknowledged') ? section('acknowledged', acknowledged.map((each) => `${each.rule.id}  ${place(each)}: ${each.acknowledged}${each.expires === undefined ? '' : ` (until ${each.expires})`}`)) : []),
    ...(show.has('baseline') ? section('in the baseline', known.map((each) => `${each.level.padEnd(12)} ${each.rule.id}  ${place(each)}: ${each.detail}`)) : []),
    ...(passed ? section('passed', passed.map((each) => `${each.rule.id}  ${place(each)}`)) : []),
  ];
}

/** A request that a policy allows, a line for each part. */
function requestLines({ principal, action, resource, context, statement }: Witness): string[] {
  return [
    `principal  ${principal}`,
    `action     ${action}`,
    `resource   ${resource}`,
    ...Object.entries(context).map(([key, values]) => `context    ${key} = ${values.join(', ')}`),
    ...(statement === undefined ? [] : [`allowed by ${statement}`]),
  ];
}
