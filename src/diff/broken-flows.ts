import type { BrokenFlow } from './document';
import type { Sides } from './sides';
import { judge } from '../checks/judge';
import { RULES } from '../checks/rule-table';
import { flowsOf } from '../flows/declarations';
import type { Rule, Verdict } from '../rules/rule';
import type { TemplateResource } from '../template/template';

/** The rules that say of somebody who writes or reads that it cannot use the key. */
export const FLOW_RULES = [
  'Encryption-IamPolicyHasKey', 'Encryption-LogsServiceHasKey', 'Encryption-S3BucketReadersCanUseKey', 'Encryption-S3BucketServicesHaveKey',
  'Encryption-S3LogBucketNotUnderKms', 'Encryption-SnsTopicSendersHaveKey', 'Encryption-SqsSendersHaveKey',
];

/** Who wrote or read before, and cannot any more: a rule of flows says so of the new side, and said nothing of the old one. */
export function brokenFlows(sides: Sides): BrokenFlow[] {
  const rules = RULES.filter(({ id }) => FLOW_RULES.includes(id));
  const flows = oldFlows(sides);
  return sides.new.resources.flatMap((resource) => rules.filter(({ resourceTypes }) => resourceTypes.includes(resource.type)).flatMap((rule) => {
    const old = sides.old.resource(sides.idOf(resource));
    return old && flows.has(sides.idOf(old)) ? brokenBy(rule, old, resource, sides) : [];
  }));
}

function brokenBy(rule: Rule, old: TemplateResource, found: TemplateResource, sides: Sides): BrokenFlow[] {
  const is = judge(rule, found);
  if (is.kind !== 'fail' && is.kind !== 'undetermined') { return []; }
  const was = judge(rule, old);
  if ((was.kind !== 'pass' && was.kind !== 'not applicable') || !wasThere(is, sides)) { return []; }
  const { file, lineOf } = sides.inputOf(found);
  const line = lineOf(found);
  return [{
    resource: sides.nameOf(found),
    rule: rule.id,
    detail: is.kind === 'fail' ? is.detail : is.reason,
    file,
    ...(line === undefined ? {} : { line }),
    concern: is.kind === 'fail' ? 'lost' : 'undetermined',
  }];
}

/** Whether both ends of one of the flows were there before: who is new has lost nothing. */
function wasThere(verdict: Verdict, sides: Sides): boolean {
  const others = verdict.kind === 'fail' ? verdict.others ?? [] : [];
  return others.length === 0 || others.some((ends) => ends.every((end) => sides.old.resource(sides.idOf(end)) !== undefined));
}

/** The resources at both ends of the flows of the old side. */
function oldFlows(sides: Sides): Set<string> {
  const flows = sides.old.allEstates.flatMap(({ estate }) => flowsOf(estate));
  return new Set(flows.flatMap(({ by, target, party }) => [by, target, ...(party.kind === 'identity' ? [party.policy] : [])]).map((resource) => sides.idOf(resource)));
}
