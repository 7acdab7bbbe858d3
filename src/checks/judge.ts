import { Rule, undetermined, Verdict } from '../rules/rule';
import type { TemplateResource } from '../template/template';

/** What a rule says of a resource, in every scenario that the template's conditions allow. */
export function judge(rule: Rule, resource: TemplateResource): Verdict {
  const template = resource.owner;
  if (template.conditions.areNone) { return checkSafely(rule, resource); }
  const scenarios = template.conditions.inEveryScenario(resource.condition, () => checkSafely(rule, resource));
  if (!scenarios) { return undetermined('it depends on too many conditions'); }
  const [first] = scenarios;
  const unknown = scenarios.find(({ result }) => result.kind === 'undetermined');
  if (unknown) { return unknown.result; }
  const failures = scenarios.filter(({ result }) => result.kind === 'fail');
  if (failures.length === 0) { return scenarios.find(({ result }) => result.kind === 'pass')?.result ?? first.result; }
  if (failures.length === scenarios.length) { return first.result; }
  const { result, scenario } = failures[0];
  const when = [...scenario].filter(([name]) => name !== resource.condition).map(([name, holds]) => `${holds ? '' : 'not '}${name}`).join(' and ');
  return undetermined(`where ${when}: ${result.kind === 'fail' ? result.detail : ''}`);
}

/** A template that no rule expected costs its own verdict, not the report on all others. The fuzzer holds that none is known. */
function checkSafely(rule: Rule, resource: TemplateResource): Verdict {
  try {
    return rule.check(resource);
  } catch (error) {
    return undetermined(`${UNREADABLE} (${(error as Error).message})`);
  }
}

export const UNREADABLE = 'the rule cannot read this resource';
