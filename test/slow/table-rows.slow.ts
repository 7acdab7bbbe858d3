import { judge } from '../../src/checks/judge';
import { RULES } from '../../src/checks/rule-table';
import { parseYaml } from '../../src/cli/parse-yaml';
import { applying, below, exampleOf, firstOf, Properties } from '../../src/everyservice/example-text';
import { ruleName } from '../../src/everyservice/rule-name';
import { saysEncrypted } from '../../src/everyservice/table-checks';
import { ENCRYPTION_TABLE } from '../../src/table/encryption-table';
import type { Scalar, TypeRow } from '../../src/table/row';
import { Template } from '../../src/template/template';
import type { Json } from '../../src/template/values';

describe('every row of the table', () => {
  /** What the table's rule of a kind says of a resource that has these properties. */
  const verdictOf = (type: string, kind: string, properties: Properties) =>
    judge(RULES.find(({ id }) => id === `Encryption-${ruleName(type)}${kind}`)!, new Template(parseYaml(exampleOf(type, properties), 'test').json as Json).resource('Resource')!).kind;
  const rowsWith = <T>(rows: (row: TypeRow) => readonly T[] | undefined, own: (row: TypeRow) => string | undefined) =>
    Object.entries(ENCRYPTION_TABLE).flatMap(([type, row]) => (own(row) ? [] : rows(row) ?? []).map((each) => [type, each] as const));

  test('finds a key of AWS in its property', () => {
    const rows = rowsWith(({ atRest }) => atRest?.filter(({ key }) => key !== undefined), ({ rules }) => rules?.customerKey);
    const passed = rows.filter(([type, row]) => verdictOf(type, 'CustomerKey', { ...applying(row), ...below(row, { ...firstOf(row.set ?? {}), [row.key!]: 'alias/aws/x' }) }) !== 'fail');
    expect(passed).toEqual([]);
    expect(rows.length).toBeGreaterThan(320);
  });

  test('finds what turns encryption off', () => {
    const rows = rowsWith(({ atRest }) => atRest?.flatMap((row) => [
      ...Object.entries(row.unencrypted ?? {}).map(([path, values]) => [row, { [path]: [values].flat()[0] }] as const),
      ...Object.entries(row.set ?? {}).filter(([, value]) => value === true && saysEncrypted(row) && ['none', 'account'].includes(row.leftOut)).map(([path]) => [row, { [path]: false }] as const),
    ]), ({ rules }) => rules?.encrypted);
    const passed = rows.filter(([type, [row, off]]) => verdictOf(type, 'Encrypted', { ...applying(row), ...below(row, off as Properties) }) !== 'fail');
    expect(passed).toEqual([]);
    expect(rows.length).toBeGreaterThan(40);
  });

  test('finds what is not safe in transit, and what is left out where that is not safe', () => {
    const rows = rowsWith(({ inTransit }) => inTransit, ({ rules }) => rules?.inTransit);
    const wrong = (safe: Scalar) => (typeof safe === 'boolean' ? !safe : safe === 'true' ? 'false' : 'NONE');
    const passed = rows.filter(([type, row]) => verdictOf(type, 'InTransit', { ...applying(row), ...below(row, { [row.property]: wrong([row.safe].flat()[0]) }) }) !== 'fail'
      || (row.leftOut === 'unsafe' && verdictOf(type, 'InTransit', applying(row)) !== 'fail'));
    expect(passed).toEqual([]);
    expect(rows.length).toBeGreaterThan(80);
  });
});
