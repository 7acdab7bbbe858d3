import { join, resolve } from 'node:path';
import { compared, entryOf, goneNotes, readBaseline } from './baseline';
import { ChosenRules, chosenRules } from './chosen-rules';
import { acknowledgedElsewhere, ReadConfig, readConfig } from './config';
import { pathsOrDefault } from './default-paths';
import { Exceptions } from './exceptions';
import { codeLines } from './excerpt';
import { Failure } from './failure';
import { Finding, isAtLeast, LEVELS } from './finding';
import { FORMATS, formatsOf } from './formats/formats';
import { linked } from './linked';
import type { Given } from './options';
import { BaselineEntry, Passed, Report, Shown, SHOWN, View } from './report';
import { run } from './run';
import { shown, shownFailure } from './shown';
import { readSources, Sources } from './sources';
import type { Surface } from './surface';
import { unknownAcknowledgements } from './unknown-rules';
import { version } from './version';
import { writeOut } from './write-out';

type Level = Finding['level'] | 'never';

/** What a run is asked to do. Whatever of it is wrong is told before anything is read. */
interface Order extends ChosenRules {
  readonly config: ReadConfig;
  readonly failOn: Level;
  readonly baseline?: { readonly file: string; readonly entries: readonly BaselineEntry[] };
  readonly show: ReadonlySet<Shown>;
}

/** `cdk-encryption check`: gives the exit code. */
export function check(paths: string[], given: Given, surface: Surface): number {
  const output = given.text('output');
  const formats = formatsOf(given.list('format') ?? ['text'], output);
  const order = orderOf(given, surface.cwd);
  const read = readSources(surface.cwd, pathsOrDefault(paths, surface.cwd, 'check', 'check cdk.out template.yaml'), surface.stdin);
  const write = given.text('write-baseline');
  if (write !== undefined) { return writeBaseline(write, order, read, surface); }
  const report = reportOf(order, read, surface);
  const fails = ({ level }: Finding) => order.failOn !== 'never' && isAtLeast(level, order.failOn);
  const quiet = given.flag('quiet');
  const view = { colour: surface.colour, verbose: given.flag('verbose'), quiet, excerpts: !given.flag('no-excerpt') && !quiet, show: order.show, fails };
  for (const format of formats) { emit(format, formats.length, report, output, surface, view); }
  if (!quiet && !formats.some((format) => FORMATS[format].tellsNotes)) { report.notes.forEach(({ text }) => surface.err(`cdk-encryption: warning: ${text}`)); }
  if (report.failures.length > 0) { return 2; }
  return report.findings.some(fails) ? 1 : 0;
}

function orderOf(given: Given, cwd: string): Order {
  const config = readConfig(cwd, given.text('config'));
  const file = given.text('baseline') ?? config.config.baseline;
  return {
    ...chosenRules(given, config, cwd),
    config,
    failOn: levelOf(given.text('fail-on') ?? config.config.failOn ?? 'error'),
    baseline: file === undefined ? undefined : { file, entries: readBaseline(cwd, file) },
    show: new Set((given.list('show') ?? []).map(shownNamed)),
  };
}

function reportOf({ own, all, rules, services, config, baseline, show }: Order, { sources, failures }: Sources, surface: Surface): Report {
  const { cwd } = surface;
  const exceptions = new Exceptions(surface.today);
  const passed: Passed[] | undefined = show.has('passed') ? [] : undefined;
  const { findings, resources, sourceOf } = run(linked(sources, config.config), {
    rules, services, config, cwd, exceptions, progress: surface.progress, passed: passed && ((each) => passed.push(each)),
  });
  const { known, gone } = compared(findings.filter(({ acknowledged }) => acknowledged === undefined), baseline?.entries ?? []);
  const templates = [...new Set(sources.map(({ file }) => shown(file, cwd)))];
  const elsewhere = acknowledgedElsewhere(config, templates, cwd);
  const asked = new Set(rules.map(({ id }) => id));
  return {
    findings: sorted(findings.filter((finding) => finding.acknowledged === undefined && !known.has(finding))),
    acknowledged: findings.filter(({ acknowledged }) => acknowledged !== undefined),
    known: sorted([...known]),
    passed,
    failures: [...failures, ...own.broken, ...unknownAcknowledgements(exceptions, all)].map((failure) => shownFailure(failure, cwd)),
    notes: [
      ...exceptions.notes(rules, ({ place }) => elsewhere.has(place)),
      ...goneNotes(gone, baseline?.file ?? '', { wasAsked: (rule) => asked.has(rule) || !all.some(({ id }) => id === rule), templates: new Set(templates), cwd }),
    ],
    templates,
    resources,
    rules: rules.length,
    version: version(),
    linesOf: codeLines(sourceOf, cwd),
  };
}

/** Records what is open now; what cannot be known only where it fails a run. */
function writeBaseline(file: string, order: Order, { sources, failures: unread }: Sources, surface: Surface): number {
  const { own, failOn, rules, services, config } = order;
  const { cwd, progress } = surface;
  const { findings } = run(linked(sources, config.config), { rules, services, config, cwd, exceptions: new Exceptions(surface.today), progress });
  const open = sorted(findings.filter(({ acknowledged, level }) => acknowledged === undefined && (level !== 'undetermined' || failOn === 'undetermined')));
  const failures = [...unread, ...own.broken];
  failures.forEach((failure) => surface.err(`cannot check ${shownFailure(failure, cwd).text}`));
  writeOut(resolve(cwd, file), JSON.stringify(open.map(entryOf), undefined, 2), file);
  surface.err(`wrote ${open.length} findings to ${file}`);
  return failures.length > 0 ? 2 : 0;
}

function emit(format: string, of: number, report: Report, output: string | undefined, surface: Surface, view: View): void {
  const { ending, render } = FORMATS[format];
  const printed = output === undefined || (of > 1 && ending === undefined);
  const text = render(report, { ...view, colour: view.colour && printed });
  if (printed) {
    if (text !== '') { surface.out(text); }
  } else {
    writeOut(resolve(surface.cwd, of > 1 ? join(output, `cdk-encryption.${ending}`) : output), text, output);
  }
}

function levelOf(level: string): Level {
  if (level === 'never' || LEVELS.includes(level as Finding['level'])) { return level as Level; }
  throw new Failure(`--fail-on cannot be '${level}'; expected one of: ${LEVELS.join(', ')}, never.`);
}

function shownNamed(name: string): Shown {
  if (SHOWN.includes(name as Shown)) { return name as Shown; }
  throw new Failure(`--show cannot be '${name}'; expected one of: ${SHOWN.join(', ')}.`);
}

function sorted(findings: Finding[]): Finding[] {
  const { compare } = new Intl.Collator();
  return [...findings].sort((a, b) => compare(a.file, b.file) || compare(a.logicalId, b.logicalId)
    || LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level));
}
