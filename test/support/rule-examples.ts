import { judge } from '../../src/checks/judge';
import { parseYaml } from '../../src/cli/parse-yaml';
import { Rule, Verdict, WHOLE_TEMPLATE } from '../../src/rules/rule';
import { link, Member } from '../../src/template/assembly';
import type { Json } from '../../src/template/values';

/** The kind of verdict that each group of examples shows. */
export const SHOWS: Record<'wrong' | 'right' | 'undetermined' | 'notApplicable', Verdict['kind']> = {
  wrong: 'fail', right: 'pass', undetermined: 'undetermined', notApplicable: 'not applicable',
};

/** An example as the templates of one assembly: the first is the one with the resource that is judged. */
export function templatesOf(example: string): Json[] {
  return example.split(/^\s*---\s*$/m).map((text) => parseYaml(text, 'example').json as Json);
}

/** Every example of a rule, as rows for `test.each`. */
export function examplesOf(rule: Rule): Array<[kind: Verdict['kind'], title: string, example: string]> {
  return (Object.keys(SHOWS) as Array<keyof typeof SHOWS>)
    .flatMap((group) => Object.entries(rule.examples[group] ?? {}).map(([title, example]): [Verdict['kind'], string, string] => [SHOWS[group], title, example]));
}

/** What a rule says of the first resource of the first template. */
export function verdictOn(rule: Rule, templates: readonly Json[]): Verdict {
  const members = templates.map((json): Member => {
    const { StackName, Region, Account } = (json.Metadata ?? {}) as Record<string, string | undefined>;
    return { json, stackName: StackName, region: Region, account: Account };
  });
  const template = link(members).get(members[0])!;
  const [first] = template.all();
  const concerned = first !== undefined && (rule.resourceTypes.includes(first.type) || first.type.endsWith('::MODULE'));
  return judge(rule, !concerned && rule.resourceTypes.includes(WHOLE_TEMPLATE) ? template.whole : first);
}
