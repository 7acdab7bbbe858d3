import { suppressedIn } from './acknowledgements';
import { acknowledgedBy, Config } from './config';
import { Finding, fingerprintOf } from './finding';
import type { Source } from './source';
import { shown } from './sources';
import { judge } from '../checks/judge';
import { rulesByType } from '../checks/rule-table';
import type { Rule } from '../rules/rule';
import { link, Member } from '../template/assembly';
import { Template, TemplateResource } from '../template/template';

export interface RunOptions {
  readonly rules: readonly Rule[];
  readonly config: Config;
  readonly cwd: string;
  /** The day by which acknowledgements end, as 2027-03-31. */
  readonly today: string;
  /** Told after each template. */
  readonly progress?: (done: number, of: number) => void;
}

/** What a run found, and in how much. */
export interface Judged {
  readonly findings: Finding[];
  readonly resources: number;
}

/** Applies rules to templates: the same that the pack does at synth. */
export function run(sources: readonly Source[], options: RunOptions): Judged {
  const byType = rulesByType(options.rules);
  const groups = new Map<string, Source[]>();
  for (const source of sources) { groups.set(source.group, [...(groups.get(source.group) ?? []), source]); }
  const findings: Finding[] = [];
  let [done, resources] = [0, 0];
  for (const group of groups.values()) {
    for (const [source, template] of linked(group, options.config)) {
      resources += template.all().length;
      for (const resource of [template.whole, ...template.all()]) {
        findings.push(...byType(resource.type).flatMap((rule) => findingOf(rule, resource, source, options) ?? []));
      }
      options.progress?.(++done, sources.length);
    }
  }
  return { findings, resources };
}

/** Templates of one assembly see each other. */
function linked(group: readonly Source[], { trustedAccounts = [], trustedOrganizations = [] }: Config): Array<[Source, Template]> {
  const members = new Map<Source, Member>();
  // Parents stand before their nested stacks.
  for (const source of group) {
    const parent = source.parent && { member: members.get(source.parent.source)!, logicalId: source.parent.logicalId };
    members.set(source, { stackName: source.stackName, account: source.account, region: source.region, json: source.template.json, parent });
  }
  const templates = link([...members.values()], { accounts: trustedAccounts, organizations: trustedOrganizations });
  return group.map((source) => [source, templates.get(members.get(source)!)!]);
}

function findingOf(rule: Rule, resource: TemplateResource, source: Source, { config, cwd, today }: RunOptions): Finding | undefined {
  const verdict = judge(rule, resource);
  if (verdict.kind === 'pass' || verdict.kind === 'not applicable') { return undefined; }
  const file = shown(source.file, cwd);
  const id = verdict.kind === 'fail' ? rule.id : `${rule.id}[undetermined]`;
  const { type } = resource;
  const logicalId = source.within === undefined ? resource.logicalId : `${source.within}/${resource.logicalId}`;
  const path = (resource.path ?? source.paths.get(resource.logicalId))?.replace(/\/(Resource|Default)$/, '');
  const own = source.acknowledgements.get(resource.logicalId);
  const inTemplate = own?.get(id) ?? own?.get(rule.id) ?? suppressedIn(resource, id) ?? suppressedIn(resource, rule.id);
  const inConfiguration = acknowledgedBy(config, { rule: rule.id, file, path, logicalId }, today);
  return {
    rule,
    level: verdict.kind === 'fail' ? rule.severity : 'undetermined',
    detail: verdict.kind === 'fail' ? verdict.detail : verdict.reason,
    witness: verdict.kind === 'fail' ? verdict.witness : undefined,
    file,
    line: source.template.lineOf(resource.logicalId),
    logicalId,
    type,
    path,
    fingerprint: fingerprintOf(rule.id, file, logicalId),
    acknowledged: inTemplate ?? inConfiguration,
    acknowledgedIn: inTemplate !== undefined ? 'template' : inConfiguration !== undefined ? 'configuration' : undefined,
  };
}
