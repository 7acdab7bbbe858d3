import { Acknowledgement, suppressionsIn } from './acknowledgements';
import { acknowledgedBy, ReadConfig } from './config';
import { Exceptions, fitting } from './exceptions';
import { Finding, fingerprintOf } from './finding';
import type { Group } from './linked';
import type { Passed } from './report';
import { constructPathIn, idIn, withoutL1 } from './resource-names';
import { shown, sourceNamer } from './shown';
import type { Source } from './source';
import { judge } from '../checks/judge';
import { rulesByType } from '../checks/rule-table';
import type { Rule, Verdict } from '../rules/rule';
import type { Template, TemplateResource } from '../template/template';

export interface RunOptions {
  readonly rules: readonly Rule[];
  /** Only these services count. */
  readonly services?: readonly string[];
  readonly config: ReadConfig;
  readonly cwd: string;
  /** Keeps who accepted what. */
  readonly exceptions: Exceptions;
  /** Told after each template. */
  readonly progress?: (done: number, of: number) => void;
  /** Told of each resource with which a rule finds nothing wrong. */
  readonly passed?: (passed: Passed) => void;
}

/** What a run found, and in how much. */
export interface Judged {
  readonly findings: Finding[];
  readonly resources: number;
  /** The template in which each finding is. */
  readonly sourceOf: ReadonlyMap<Finding, Source>;
}

/** Applies rules to templates: the same that the pack does at synth. */
export function run(groups: readonly Group[], options: RunOptions): Judged {
  const { exceptions, config } = options;
  const byType = rulesByType(options.rules, options.services);
  const sourceOf = new Map<Finding, Source>();
  const configured = acknowledgedBy(config);
  const named = sourceNamer(options.cwd);
  exceptions.add(configured.all);
  let [done, resources] = [0, 0];
  const of = groups.reduce((sum, group) => sum + group.length, 0);
  for (const group of groups) {
    const judgements = new Map<Template, Judgement>();
    for (const [source, template] of group) {
      judgements.set(template, new Judgement(source, template, options, { configured: configured.fitting, named, judgements }));
    }
    for (const [template, judgement] of judgements) {
      const { source } = judgement;
      resources += template.all().length;
      for (const resource of [template.whole, ...template.all()]) {
        for (const rule of byType(resource.type)) {
          const finding = judgement.of(rule, resource);
          if (finding) { sourceOf.set(finding, source); }
        }
      }
      options.progress?.(++done, of);
    }
  }
  return { findings: [...sourceOf.keys()], resources, sourceOf };
}

interface Around {
  readonly configured: ReturnType<typeof acknowledgedBy>['fitting'];
  readonly named: ReturnType<typeof sourceNamer>;
  /** Those of the templates that are checked together. */
  readonly judgements: ReadonlyMap<Template, Judgement>;
}

/** What rules say of the resources of one template. */
class Judgement {
  private readonly file: string;
  private readonly suppressions: ReturnType<typeof suppressionsIn>;

  constructor(public readonly source: Source, template: Template, private readonly options: RunOptions, private readonly around: Around) {
    this.file = shown(source.file, options.cwd);
    this.suppressions = suppressionsIn(template, this.file, source.group !== source.file);
    options.exceptions.add([...source.acknowledgements.values()].flat());
    options.exceptions.add([template.whole, ...template.all()].flatMap((resource) => this.suppressions(resource)));
  }

  /** What is acknowledged of a rule in the template of a resource. */
  private acknowledgedAt(resource: TemplateResource, rule: Rule, level: Finding['level']): Acknowledgement[] {
    return fitting([...(this.source.acknowledgements.get(resource.logicalId) ?? []), ...this.suppressions(resource)], rule.id, level);
  }

  /** What is wrong between two ends is accepted at the other one too; of several, each has to be. */
  private acceptedAtOtherEnds(verdict: Verdict, rule: Rule, level: Finding['level']): Acknowledgement | undefined {
    const others = verdict.kind === 'fail' ? verdict.others ?? [] : [];
    const accepted = others.map((ends) => this.options.exceptions
      .holding(ends.flatMap((end) => this.around.judgements.get(end.owner)?.acknowledgedAt(end, rule, level) ?? [])).accepted);
    return accepted.every((each) => each !== undefined) ? accepted[0] : undefined;
  }

  public of(rule: Rule, resource: TemplateResource): Finding | undefined {
    const verdict = judge(rule, resource);
    if (verdict.kind === 'not applicable' || (verdict.kind === 'pass' && !this.options.passed)) { return undefined; }
    const { source, file } = this;
    const { type } = resource;
    const lines = source.template.linesOf(resource.logicalId);
    const logicalId = idIn(source, resource.logicalId);
    const constructPath = constructPathIn(source, resource);
    const path = constructPath && withoutL1(constructPath);
    if (verdict.kind === 'pass') {
      this.options.passed?.({ rule, file, line: lines?.first, logicalId, type, path });
      return undefined;
    }
    const level = verdict.kind === 'fail' ? rule.severity : 'undetermined';
    const { accepted = this.acceptedAtOtherEnds(verdict, rule, level), ended } = this.options.exceptions.holding([
      ...this.acknowledgedAt(resource, rule, level),
      ...this.around.configured({ rules: level === 'undetermined' ? [rule.id, `${rule.id}[undetermined]`] : [rule.id], file, path, logicalId }),
    ]);
    const position = constructPath === undefined ? undefined : source.sourceOf(constructPath);
    return {
      rule,
      level,
      detail: verdict.kind === 'fail' ? verdict.detail : verdict.reason,
      witness: verdict.kind === 'fail' ? verdict.witness : undefined,
      file,
      line: lines?.first,
      endLine: lines?.last,
      source: position && this.around.named(position),
      logicalId,
      type,
      path,
      fingerprint: fingerprintOf(rule.id, file, logicalId),
      acknowledged: accepted?.reason,
      acknowledgedIn: accepted?.writtenIn,
      author: accepted?.author,
      expires: (accepted ?? ended)?.expires,
    };
  }
}
