import { exampleText } from './checks/examples';
import { judge } from './checks/judge';
import { checkedRule } from './cli/own-rules';
import { parseTemplate } from './cli/parse';
import { Rule, Verdict, WHOLE_TEMPLATE } from './rules/rule';
import { link, Member } from './template/assembly';
import type { Json } from './template/values';

/*
 * For teams that write rules of their own: `require('cdk-encryption-constructs/lib/own-rules')`. Not part of the library of constructs:
 * rules are JavaScript, whatever language an app is written in.
 */
export { fail, NOT_APPLICABLE, PASS, passIf, undetermined } from './rules/rule';
export type { Examples, Rule, Verdict } from './rules/rule';
export type { Read } from './template/read';
export type { TemplateResource } from './template/template';

const SHOWS = { wrong: 'fail', right: 'pass', undetermined: 'undetermined', notApplicable: 'not applicable' } as const;

/**
 * Runs the examples of a rule: what is wrong must fail, what is right must pass. Throws with a line for each example that does not, and
 * for what the rule lacks; for any test runner.
 *
 * ```js
 * const { testRule } = require('cdk-encryption-constructs/lib/own-rules');
 * test('Acme-QueueNamed', () => testRule(require('../rules/queue-named')));
 * ```
 */
export function testRule(given: Rule | { readonly rule: Rule }): void {
  const rule = checkedRule('rule' in given ? given.rule : given, '', 'the rule');
  const examples = (Object.keys(SHOWS) as Array<keyof typeof SHOWS>)
    .flatMap((group) => Object.entries(rule.examples[group] ?? {}).map(([title, example]) => ({ group, title, example })));
  const wrong = examples.flatMap(({ group, title, example }) => {
    const verdict = verdictOn(rule, example);
    return verdict.kind === SHOWS[group] ? [] : [`${group} example '${title}': expected '${SHOWS[group]}', got ${shown(verdict)}`];
  });
  if (wrong.length > 0) { throw new Error(`${rule.id}:\n  ${wrong.join('\n  ')}`); }
}

/** What a rule says of the first resource of a template in YAML or JSON, as in an example. */
export function verdictOn(rule: Rule, example: string): Verdict {
  const templates = exampleText(example).split(/^---\s*$/m).map((text) => parseTemplate(text, 'the example').json);
  const members = templates.map((json): Member => ({ json, stackName: (json.Metadata as Json | undefined)?.StackName as string | undefined }));
  const template = link(members).get(members[0])!;
  const [first] = template.all();
  if (!first && !rule.resourceTypes.includes(WHOLE_TEMPLATE)) { throw new Error(`${rule.id}: the example has no resource`); }
  const isWhole = !first || (!rule.resourceTypes.includes(first.type) && rule.resourceTypes.includes(WHOLE_TEMPLATE));
  if (!isWhole && !rule.resourceTypes.includes(first.type)) { throw new Error(`${rule.id}: the first resource of the example is ${first.type}, and the rule checks ${rule.resourceTypes.join(', ')}`); }
  return judge(rule, isWhole ? template.whole : first);
}

function shown(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'fail': return `'fail' (${verdict.detail})`;
    case 'undetermined': return `'undetermined' (${verdict.reason})`;
    default: return `'${verdict.kind}'`;
  }
}
