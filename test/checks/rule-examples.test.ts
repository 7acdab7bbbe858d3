import published from './published-rules.json';
import { RULES } from '../../src/checks/rule-table';
import { examplesOf, templatesOf, verdictOn } from '../support/rule-examples';

describe.each(RULES.map((rule) => [rule.id, rule] as const))('%s', (_, rule) => {
  test.each(examplesOf(rule))('%s: %s', (kind, _title, example) => {
    expect(verdictOn(rule, templatesOf(example))).toMatchObject({ kind });
  });

  test('shows at least one wrong and one right example; what can never fail shows what is undetermined', () => {
    expect(Object.keys({ ...rule.examples.wrong, ...rule.examples.undetermined }).length).toBeGreaterThanOrEqual(1);
    expect(Object.keys(rule.examples.right).length).toBeGreaterThanOrEqual(1);
  });
});

test('ids are public: one that is here must stay', () => {
  expect(RULES.map(({ id }) => id)).toEqual(expect.arrayContaining(published));
  expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
});

test('each rule says what, why, how to correct it, and where AWS says so', () => {
  for (const { id, info, why, fix, see, resourceTypes } of RULES) {
    expect(id).toMatch(/^Encryption-[A-Z][A-Za-z0-9]+$/);
    expect([info, why, fix].every((text) => text.endsWith('.'))).toBe(true);
    expect(see).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
    expect(resourceTypes.length).toBeGreaterThan(0);
  }
});
