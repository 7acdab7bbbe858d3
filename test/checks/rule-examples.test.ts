import { examplesOf, templatesOf, verdictOn } from '../support/rule-examples';
import { RULES } from '../../src/checks/rule-table';

describe.each(RULES.map((rule) => [rule.id, rule] as const))('%s', (_, rule) => {
  test.each(examplesOf(rule))('%s: %s', (kind, _title, example) => {
    expect(verdictOn(rule, templatesOf(example))).toMatchObject({ kind });
  });

  test('shows at least one wrong and one right example', () => {
    expect(Object.keys(rule.examples.wrong).length).toBeGreaterThanOrEqual(1);
    expect(Object.keys(rule.examples.right).length).toBeGreaterThanOrEqual(1);
  });
});
