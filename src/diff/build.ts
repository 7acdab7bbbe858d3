import { isDeepStrictEqual } from 'node:util';
import { keyChanges } from './access';
import { brokenFlows } from './broken-flows';
import type { DiffDocument, DiffInput, DiffInputs, NotCompared } from './document';
import { CONCERNS } from './document';
import { removedResource, resourceChange } from './resources';
import { Sides } from './sides';
import { judge } from '../checks/judge';
import { rulesByType } from '../checks/rule-table';
import { rule as everythingRead } from '../cloudformation/rules/everything-read';
import { Json, section } from '../template/values';

/** Told after each step. */
export type Progress = (done: number, of: number) => void;

/** What changes of the encryption between two sides, and who gains and loses access. */
export function buildDiff(old: DiffInputs, found: DiffInputs, progress: Progress = () => {}): DiffDocument {
  const sides = new Sides(old, found);
  const steps = 4;
  const alike = alikeTemplates(sides);
  const changed = sides.new.resources.flatMap((resource) => {
    const before = sides.old.resource(sides.idOf(resource));
    if (!before) { return []; }
    const [was, is] = [sides.inputOf(before), sides.inputOf(resource)];
    const isWrittenAlike = alike(was, is) && sameWritten(before.logicalId, was, is);
    return resourceChange({ old: before, new: resource, isWrittenAlike }, sides) ?? [];
  });
  progress(1, steps);
  const removed = sides.old.resources.flatMap((resource) => (sides.new.resource(sides.idOf(resource)) ? [] : removedResource(resource, sides) ?? []));
  const keys = keyChanges(sides);
  progress(2, steps);
  const flows = brokenFlows(sides);
  progress(3, steps);
  const rank = ({ concern }: { readonly concern?: typeof CONCERNS[number] }) => (concern === undefined ? CONCERNS.length : CONCERNS.indexOf(concern));
  const resources = [...removed, ...changed].sort((a, b) => rank(a) - rank(b));
  const notCompared = notRead(sides);
  progress(4, steps);
  return { resources, keys, flows, notCompared, leftOut: [] };
}

/** Whether a resource stands in both files in the same words. */
function sameWritten(logicalId: string, { written: a }: DiffInput, { written: b }: DiffInput): boolean {
  const [was, is] = [a, b].map((json) => section(section(json as Json, 'Resources'), logicalId));
  return isDeepStrictEqual([was.Properties, was.Condition], [is.Properties, is.Condition]);
}

/** What a template has beside resources, on which their values rest; of a nested stack also what its parent gives it. */
function alikeTemplates(sides: Sides): (old: DiffInput, found: DiffInput) => boolean {
  const known = new Map<DiffInput, boolean>();
  const inputOf = (input: DiffInput, all: readonly DiffInput[]) => {
    const { nestedIn } = input.template.surroundings;
    return nestedIn && all.find(({ template }) => template === nestedIn.template);
  };
  const alike = (old: DiffInput, found: DiffInput): boolean => {
    const parts = ({ written }: DiffInput) => ['Parameters', 'Mappings', 'Conditions', 'Transform'].map((name) => written[name]);
    const [above, below] = [inputOf(old, sides.old.inputs), inputOf(found, sides.new.inputs)];
    return isDeepStrictEqual(parts(old), parts(found))
      && (!above || !below || (alike(above, below) && sameWritten(found.template.surroundings.nestedIn!.logicalId, above, below)));
  };
  return (old, found) => {
    const answer = known.get(found) ?? alike(old, found);
    known.set(found, answer);
    return answer;
  };
}

/** What could not be read of either side, and so not be compared. */
function notRead(sides: Sides): NotCompared[] {
  const rulesOf = rulesByType([everythingRead]);
  const found = new Map<string, NotCompared>();
  for (const { template, stack, file } of [...sides.old.inputs, ...sides.new.inputs]) {
    for (const resource of [template.whole, ...template.all()]) {
      const where = resource === template.whole ? stack ?? file : sides.nameOf(resource);
      for (const verdict of rulesOf(resource.type).map((rule) => judge(rule, resource))) {
        if (verdict.kind === 'undetermined') { found.set(`${where}: ${verdict.reason}`, { where, reason: verdict.reason }); }
      }
    }
  }
  return [...found.values()];
}
