import { compareWho, WhoComparison } from '../support/who-comparison';

const APPS = Number(process.env.WHO_APPS ?? 1000);
const SEED = Number(process.env.POLICY_SEED ?? 20261125);
const CONTEXTS = 20;

let compared: WhoComparison;

beforeAll(async () => {
  compared = await compareWho(APPS, CONTEXTS, SEED);
  process.stdout.write(`${APPS} apps of seed ${SEED}: ${JSON.stringify(compared.counts)}\n`);
}, 3_600_000);

test(`of ${APPS} generated apps, whom \`who\` does not name the simulator denies in ${CONTEXTS} requests each`, () => {
  expect(compared.missed).toEqual([]);
});

test('whom `who` names the simulator allows in the request that the answer speaks of', () => {
  expect(compared.wrong).toEqual([]);
});

test('every answer is given often', () => {
  const { yes, conditional, no } = compared.counts;
  for (const count of [yes, conditional, no]) { expect(count).toBeGreaterThan(APPS / 50); }
});
