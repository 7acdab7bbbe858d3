import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { ChosenRules, chosenRules } from './chosen-rules';
import { ReadConfig, readConfig } from './config';
import { pathsOrDefault } from './default-paths';
import { Exceptions } from './exceptions';
import { Failure } from './failure';
import type { Finding } from './finding';
import { Group, linked } from './linked';
import type { Given } from './options';
import type { Passed } from './report';
import { idIn, nameIn } from './resource-names';
import { run } from './run';
import { shown, shownFailure } from './shown';
import { readSources } from './sources';
import type { Surface } from './surface';
import { unknownAcknowledgements } from './unknown-rules';
import { version } from './version';
import { writeOut } from './write-out';
import { isOfService } from '../checks/rule-table';
import { buildReport } from '../report/build';
import type { ReportDocument } from '../report/document';
import { CYCLONEDX_VERSIONS, CycloneDxVersion, cbomReport } from '../report/formats/cbom';
import { csvReport } from '../report/formats/csv';
import { htmlReport } from '../report/formats/html';
import { inventoryJson } from '../report/formats/json';
import { oscalReport } from '../report/formats/oscal';
import type { JudgedByRule, ReportInput } from '../report/input';

interface Format {
  readonly file: string;
  readonly render: (report: ReportDocument, cyclonedx: CycloneDxVersion) => string;
}

const FORMATS: Readonly<Record<string, Format>> = {
  html: { file: 'cdk-encryption.html', render: htmlReport },
  cbom: { file: 'cdk-encryption.cdx.json', render: cbomReport },
  csv: { file: 'cdk-encryption.inventory.csv', render: csvReport },
  json: { file: 'cdk-encryption.inventory.json', render: inventoryJson },
  oscal: { file: 'cdk-encryption.oscal.json', render: oscalReport },
};

/** `cdk-encryption report`: gives the exit code. */
export function report(positionals: string[], given: Given, surface: Surface): number {
  const formats = formatsOf(given.list('format') ?? ['html']);
  const cyclonedx = (given.text('cyclonedx') ?? '1.6') as CycloneDxVersion;
  if (!CYCLONEDX_VERSIONS.includes(cyclonedx)) { throw new Failure(`--cyclonedx cannot be '${cyclonedx}'; expected one of: ${CYCLONEDX_VERSIONS.join(', ')}.`); }
  const output = given.text('output') ?? '.';
  const config = readConfig(surface.cwd, given.text('config'));
  const chosen = chosenRules(given, config, surface.cwd);
  const read = readSources(surface.cwd, pathsOrDefault(positionals, surface.cwd, 'read', 'report cdk.out'), surface.stdin);
  const { inputs, exceptions } = judgedInputs(linked(read.sources, config.config), chosen, config, surface);
  const failures = [...read.failures, ...chosen.own.broken, ...unknownAcknowledgements(exceptions, chosen.all)];
  const document = buildReport(inputs, {
    rules: chosen.rules,
    version: version(),
    time: timeOf(),
    commit: commitOf(surface.cwd, given.text('commit')),
    failures: failures.map(({ file, message }) => ({ where: file === undefined ? '' : shown(file, surface.cwd), reason: message })),
    notes: notesOf(exceptions, chosen),
    isAsked: chosen.services && ((type) => isOfService(type, chosen.services!)),
  });
  for (const { file, render } of formats) {
    const path = join(output, file);
    writeOut(resolve(surface.cwd, path), render(document, cyclonedx), path);
    surface.out(path);
  }
  failures.forEach((failure) => surface.err(`cdk-encryption: ${shownFailure(failure, surface.cwd).text}`));
  return failures.length > 0 ? 2 : 0;
}

function formatsOf(names: readonly string[]): Format[] {
  const unknown = names.find((name) => !Object.hasOwn(FORMATS, name));
  if (unknown !== undefined) { throw new Failure(`unknown format '${unknown}'; expected one of: ${Object.keys(FORMATS).join(', ')}.`); }
  return [...new Set(names)].map((name) => FORMATS[name]);
}

/** The templates with what the rules say of their resources. */
function judgedInputs(
  groups: readonly Group[], { rules, services }: ChosenRules, config: ReadConfig, { cwd, today, progress }: Surface,
): { readonly inputs: ReportInput[][]; readonly exceptions: Exceptions } {
  const judged = new Map<string, JudgedByRule[]>();
  const note = (of: Pick<Finding, 'file' | 'logicalId'>, verdict: JudgedByRule) => {
    const key = `${of.file}\0${of.logicalId}`;
    const known = judged.get(key);
    if (known) { known.push(verdict); } else { judged.set(key, [verdict]); }
  };
  const passed = (of: Passed) => note(of, { rule: of.rule, kind: 'pass' });
  const exceptions = new Exceptions(today);
  const { findings } = run(groups, { rules, services, config, cwd, exceptions, progress, passed });
  findings.forEach((finding) => note(finding, judgedOf(finding)));
  const inputs = groups.map((group) => group.map(([source, template]): ReportInput => {
    const file = shown(source.file, cwd);
    return {
      ...{ file, template, stack: source.stackName, account: template.surroundings.account, region: template.surroundings.region },
      nameOf: (resource) => nameIn(source, resource),
      lineOf: ({ logicalId }, property) => {
        const { linesOf, lineOf } = source.template;
        return property === undefined ? linesOf(logicalId)?.first : lineOf(logicalId, property);
      },
      judged: ({ logicalId }) => judged.get(`${file}\0${idIn(source, logicalId)}`) ?? [],
    };
  }));
  return { inputs, exceptions };
}

/** Exceptions that do nothing, and rules that were not asked: what an auditor should not have to find out. */
function notesOf(exceptions: Exceptions, { rules, all, services }: ChosenRules): string[] {
  const left = all.length - rules.length;
  return [
    ...(left > 0 ? [`${left} of ${all.length} rules were not asked: the command line or the configuration leaves them out.`] : []),
    ...(services ? [`Only resources of these services are listed: ${services.join(', ')}.`] : []),
    ...exceptions.notes(rules, () => false).map(({ text }) => text),
  ];
}

function judgedOf({ rule, level, detail, source, acknowledged, acknowledgedIn, author, expires }: Finding): JudgedByRule {
  return {
    ...{ rule, kind: level === 'undetermined' ? 'undetermined' : 'fail', detail },
    ...(source && { source: `${source.file}:${source.line}` }),
    ...(acknowledged !== undefined && { exception: { reason: acknowledged, acceptedIn: acknowledgedIn ?? 'template', ...(author === undefined ? {} : { author }), ...(expires === undefined ? {} : { expires }) } }),
  };
}

/** https://reproducible-builds.org/specs/source-date-epoch/ */
function timeOf(): string {
  const epoch = process.env.SOURCE_DATE_EPOCH;
  if (epoch === undefined || epoch === '') { return new Date().toISOString(); }
  if (!/^\d{1,11}$/.test(epoch)) { throw new Failure(`SOURCE_DATE_EPOCH cannot be '${epoch}'; expected seconds since 1970.`); }
  return new Date(Number(epoch) * 1000).toISOString();
}

/** As somebody says it, as CI does, else as git does; none outside of a repository. */
function commitOf(cwd: string, asked: string | undefined): string | undefined {
  if (asked !== undefined) { return asked === 'none' ? undefined : asked; }
  const given = process.env.GITHUB_SHA ?? process.env.CI_COMMIT_SHA ?? process.env.CODEBUILD_RESOLVED_SOURCE_VERSION;
  if (given !== undefined && given !== '') { return given; }
  try {
    return execFileSync('git', ['rev-parse', 'HEAD'], { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined;
  }
}
