import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { judge } from '../../src/checks/judge';
import { RULES } from '../../src/checks/rule-table';
import { parseYaml } from '../../src/cli/parse-yaml';
import type { Rule, Verdict } from '../../src/rules/rule';
import { isObject, Json } from '../../src/template/resolved';
import { Template } from '../../src/template/template';

type Kind = Verdict['kind'];
type Cases = Partial<Record<Kind, Record<string, Json>>>;

const FILES = ['kms', 's3', 'sqs', 'rds', 'elasticloadbalancingv2'].map((service) => `${service}.yaml`);
const CASES: Record<string, Cases> = Object.assign({}, ...FILES.map((file) => parseYaml(readFileSync(join(__dirname, 'cases', file), 'utf8'), file).json));

/** A replica's primary is in another template: such cases are two, and stand below. */
const IN_TWO_TEMPLATES = ['Encryption-KmsReplicaFollowsPrimary'];

/** A case as the Resources of a template. */
function resourcesOf(rule: Rule, written: Json): Json {
  return isObject(written.It) ? written : { It: { Type: rule.resourceTypes[0], Properties: written } };
}

describe.each(RULES.filter(({ id }) => !IN_TWO_TEMPLATES.includes(id)).map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  const cases = CASES[id] ?? {};

  test.each(Object.entries(cases).flatMap(([kind, of]) => Object.entries(of).map(([title, written]) => [kind, title, written] as const)))('%s: %s', (kind, _title, written) => {
    const template = new Template({ Resources: resourcesOf(rule, written) });
    expect(judge(rule, template.resource('It')!)).toMatchObject({ kind });
  });

  test('has two templates that pass and two that fail', () => {
    expect(Object.keys(cases.pass ?? {}).length).toBeGreaterThanOrEqual(2);
    expect(Object.keys(cases.fail ?? {}).length).toBeGreaterThanOrEqual(2);
  });
});

test('no case is of a rule that there is not', () => {
  expect(Object.keys(CASES).filter((id) => !RULES.some((rule) => rule.id === id))).toEqual([]);
});

test('ids are public for ever: one that is here must stay', () => {
  expect(RULES.map(({ id }) => id)).toMatchSnapshot();
  expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
});

test('each rule says what, why, how to mend it, and where AWS says so', () => {
  for (const { id, info, why, fix, see, resourceTypes } of RULES) {
    expect(id).toMatch(/^Encryption-[A-Z][A-Za-z0-9]+$/);
    expect([info, why, fix].every((text) => text.endsWith('.'))).toBe(true);
    expect(see).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
    expect(resourceTypes.length).toBeGreaterThan(0);
  }
});
