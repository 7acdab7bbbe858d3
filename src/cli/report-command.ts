import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';
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
  const config = readConfig(surface.cwd, given.text('config'));
  const { sources, failures } = readSources(surface.cwd, pathsOrDefault(positionals, surface.cwd, 'read', 'report cdk.out'), surface.stdin);
  const document = buildReport(inputsOf(linked(sources, config.config), config, surface), {
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
  failures.forEach((failure) => surface.err(`cdk-encryption: ${shownFailure(failure, surface.cwd).text}`));
  return failures.length > 0 ? 2 : 0;
}

function formatsOf(names: readonly string[]): Format[] {
  const unknown = names.find((name) => !Object.hasOwn(FORMATS, name));
  if (unknown !== undefined) { throw new Failure(`unknown format '${unknown}'; expected one of: ${Object.keys(FORMATS).join(', ')}.`); }
  return [...new Set(names)].map((name) => FORMATS[name]);
}

/** The templates with what the rules say of their resources. */
function inputsOf(groups: readonly Group[], config: ReadConfig, { cwd, today, progress }: Surface): ReportInput[][] {
  const judged = new Map<string, JudgedByRule[]>();
  const note = (of: Pick<Finding, 'file' | 'logicalId'>, verdict: JudgedByRule) => {
    const key = `${of.file}\0${of.logicalId}`;
    judged.set(key, [...(judged.get(key) ?? []), verdict]);
  };
  const passed = (of: Passed) => note(of, { rule: of.rule, kind: 'pass' });
  const { findings } = run(groups, { rules: RULES, config, cwd, exceptions: new Exceptions(today), progress, passed });
  findings.forEach((finding) => note(finding, judgedOf(finding)));
  return groups.map((group) => group.map(([source, template]) => {
    const file = shown(source.file, cwd);
    return {
      ...{ file, template, stack: source.stackName, account: template.surroundings.account, region: template.surroundings.region },
      nameOf: (resource) => nameIn(source, resource),
      lineOf: ({ logicalId }) => source.template.linesOf(logicalId)?.first,
      judged: ({ logicalId }) => judged.get(`${file}\0${idIn(source, logicalId)}`) ?? [],
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
