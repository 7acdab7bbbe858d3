import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ReadConfig, readConfig } from './config';
import { Exceptions } from './exceptions';
import { Failure } from './failure';
import type { Finding } from './finding';
import { groupsOf, linked, namedIn } from './linked';
import type { Given } from './options';
import type { Passed } from './report';
import { run } from './run';
import type { Source } from './source';
import { readSources, shown } from './sources';
import type { Surface } from './surface';
import { version } from './version';
import { writeOut } from './write-out';
import { RULES } from '../checks/rule-table';
import { buildReport, JudgedByRule, ReportInput } from '../report/build';
import type { ReportDocument } from '../report/document';
import { CYCLONEDX_VERSIONS, CycloneDxVersion, cbomReport } from '../report/formats/cbom';
import { csvReport } from '../report/formats/csv';
import { htmlReport } from '../report/formats/html';
import { inventoryJson } from '../report/formats/json';

interface Format {
  readonly file: string;
  readonly render: (report: ReportDocument, cyclonedx: CycloneDxVersion) => string;
}

const FORMATS: Readonly<Record<string, Format>> = {
  html: { file: 'cdk-encryption.html', render: htmlReport },
  cbom: { file: 'cdk-encryption.cdx.json', render: cbomReport },
  csv: { file: 'cdk-encryption.inventory.csv', render: csvReport },
  json: { file: 'cdk-encryption.inventory.json', render: inventoryJson },
};

/** `cdk-encryption report`: gives the exit code. */
export function report(positionals: string[], given: Given, surface: Surface): number {
  const formats = formatsOf(given.list('format') ?? ['html']);
  const cyclonedx = (given.text('cyclonedx') ?? '1.6') as CycloneDxVersion;
  if (!CYCLONEDX_VERSIONS.includes(cyclonedx)) { throw new Failure(`--cyclonedx cannot be '${cyclonedx}'; expected one of: ${CYCLONEDX_VERSIONS.join(', ')}.`); }
  const output = given.text('output') ?? '.';
  const paths = pathsOf(positionals, surface.cwd);
  const config = readConfig(surface.cwd, given.text('config'));
  const { sources, failures } = readSources(surface.cwd, paths, surface.stdin);
  if (sources.length + failures.length === 0) { failures.push(new Failure('no stack found', paths.join(' '))); }
  const document = buildReport(inputsOf(groupsOf(sources), config, surface), {
    rules: RULES,
    version: version(),
    time: timeOf(),
    commit: commitOf(surface.cwd),
    failures: failures.map(({ file, message }) => ({ where: file === undefined ? '' : shown(file, surface.cwd), reason: message })),
  });
  for (const { file, render } of formats) {
    const path = join(output, file);
    writeOut(resolve(surface.cwd, path), render(document, cyclonedx), path);
    surface.out(path);
  }
  for (const { message, file, line, column } of failures) { surface.err(`cdk-encryption: ${new Failure(message, file && shown(file, surface.cwd), line, column).text}`); }
  return failures.length > 0 ? 2 : 0;
}

function formatsOf(names: readonly string[]): Format[] {
  const unknown = names.find((name) => !Object.hasOwn(FORMATS, name));
  if (unknown !== undefined) { throw new Failure(`unknown format '${unknown}'; expected one of: ${Object.keys(FORMATS).join(', ')}.`); }
  return [...new Set(names)].map((name) => FORMATS[name]);
}

function pathsOf(positionals: readonly string[], cwd: string): readonly string[] {
  if (positionals.includes('')) { throw new Failure('a path is empty: say what to read, or leave it out.'); }
  if (positionals.length > 0) { return positionals; }
  if (existsSync(join(cwd, 'cdk.out'))) { return ['cdk.out']; }
  throw new Failure('no cdk.out in this folder. Say what to read, for example `cdk-encryption report cdk.out`.');
}

/** The templates with what the rules say of their resources. */
function inputsOf(groups: ReadonlyArray<readonly Source[]>, config: ReadConfig, { cwd, today, progress }: Surface): ReportInput[][] {
  const judged = new Map<string, JudgedByRule[]>();
  const note = (of: Pick<Finding, 'file' | 'logicalId'>, verdict: JudgedByRule) => {
    const key = `${of.file}\0${of.logicalId}`;
    judged.set(key, [...(judged.get(key) ?? []), verdict]);
  };
  const passed = (of: Passed) => note(of, { rule: of.rule, kind: 'pass' });
  const { findings } = run(groups, { rules: RULES, config, cwd, exceptions: new Exceptions(today), progress, passed });
  findings.forEach((finding) => note(finding, judgedOf(finding)));
  return groups.map((group) => linked(group, config.config).map(([source, template]) => {
    const file = shown(source.file, cwd);
    const idOf = (logicalId: string) => (source.within === undefined ? logicalId : `${source.within}/${logicalId}`);
    return {
      ...{ file, template, stack: source.stackName, account: template.surroundings.account, region: template.surroundings.region },
      nameOf: (resource) => namedIn(source, resource),
      lineOf: ({ logicalId }) => source.template.linesOf(logicalId)?.first,
      judged: ({ logicalId }) => judged.get(`${file}\0${idOf(logicalId)}`) ?? [],
    };
  }));
}

function judgedOf({ rule, level, detail, source, acknowledged, acknowledgedIn, expires }: Finding): JudgedByRule {
  return {
    ...{ rule, kind: level === 'undetermined' ? 'undetermined' : 'fail', detail },
    ...(source && { source: `${source.file}:${source.line}` }),
    ...(acknowledged !== undefined && { exception: { reason: acknowledged, acceptedIn: acknowledgedIn ?? 'template', ...(expires === undefined ? {} : { expires }) } }),
  };
}

/** https://reproducible-builds.org/specs/source-date-epoch/ */
function timeOf(): string {
  const epoch = process.env.SOURCE_DATE_EPOCH;
  if (epoch === undefined || epoch === '') { return new Date().toISOString(); }
  if (!/^\d{1,11}$/.test(epoch)) { throw new Failure(`SOURCE_DATE_EPOCH cannot be '${epoch}'; expected seconds since 1970.`); }
  return new Date(Number(epoch) * 1000).toISOString();
}

/** As CI says it, else as git does; none outside of a repository. */
function commitOf(cwd: string): string | undefined {
  const given = process.env.GITHUB_SHA ?? process.env.CI_COMMIT_SHA ?? process.env.CODEBUILD_RESOLVED_SOURCE_VERSION;
  if (given !== undefined && given !== '') { return given; }
  try {
    return execFileSync('git', ['rev-parse', 'HEAD'], { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined;
  }
}
