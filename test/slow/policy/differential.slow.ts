import { OPERATOR_NAMES } from '../../../src/policy/operators';
import { Comparison, comparePairs } from '../../support/policy-comparison';

const PAIRS = Number(process.env.POLICY_PAIRS ?? 100_000);
const SEED = Number(process.env.POLICY_SEED ?? 20261125);

let compared: Comparison;

beforeAll(async () => {
  compared = await comparePairs(PAIRS, SEED);
  process.stdout.write(`${PAIRS} pairs of seed ${SEED}: ${JSON.stringify(compared.counts)}, skipped ${JSON.stringify(compared.skipped)}\n`);
}, 3_600_000);

test(`${PAIRS} requests are decided as iam-simulate decides them, but for the classes of docs/proof.md`, () => {
  expect(compared.unexplained).toEqual([]);
});

test('fewer than one in a thousand is decided otherwise', () => {
  const otherwise = Object.entries(compared.counts).filter(([what]) => what.includes(', not '));
  expect(otherwise.reduce((sum, [, count]) => sum + count, 0)).toBeLessThan(PAIRS / 1000);
});

test('every operator and every element was reached', () => {
  const missing = [
    ...OPERATOR_NAMES.filter((name) => !compared.reached.has(name)),
    ...['Principal', 'NotPrincipal', 'Action', 'NotAction', 'Resource', 'NotResource', 'Allow', 'Deny', 'ForAnyValue:', 'ForAllValues:', 'IfExists', 'policy variable']
      .filter((name) => !compared.reached.has(name.toLowerCase())),
  ];
  expect(missing).toEqual([]);
});

test('few requests are skipped for context keys that the simulator drops', () => {
  expect(Object.values(compared.skipped).reduce((sum, count) => sum + count, 0)).toBeLessThan(PAIRS / 50);
});
