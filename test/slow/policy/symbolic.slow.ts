import { SymbolicComparison, compareAnswers } from '../../support/symbolic-comparison';

const POLICIES = Number(process.env.SYMBOLIC_POLICIES ?? 5000);
const SEED = Number(process.env.POLICY_SEED ?? 20261125);
const OUTSIDERS = 50;

let compared: SymbolicComparison;

beforeAll(async () => {
  compared = await compareAnswers(POLICIES, OUTSIDERS, SEED);
  process.stdout.write(`${POLICIES} policies of seed ${SEED}: ${JSON.stringify(compared.counts)}\n`);
}, 7_200_000);

test(`where nobody could, ${OUTSIDERS} random outsiders are denied by the simulator`, () => {
  expect(compared.wrongNo).toEqual([]);
});

test('where somebody could, the simulator allows the witness', () => {
  expect(compared.wrongYes).toEqual([]);
});

test('both answers are given often, and fewer than 2 % are unknown although nothing in the policy is', () => {
  const { yes, no, unknown } = compared.counts;
  expect(yes).toBeGreaterThan(POLICIES / 50);
  expect(no).toBeGreaterThan(POLICIES / 50);
  expect(unknown).toBeLessThan(POLICIES / 50);
});
