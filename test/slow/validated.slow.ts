import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/*
 * The unit tests whose templates the CDK's CloudFormation validator judges, here with the validator: it starts once for all of them.
 */
process.env.EVERY_TEMPLATE = '1';

const TESTS = join(__dirname, '..');
const files = (readdirSync(TESTS, { recursive: true }) as string[])
  .filter((file) => file.endsWith('.test.ts') && /synthAndValidate\([^{\n]*\)/.test(readFileSync(join(TESTS, file), 'utf8'))).sort();

test('there are such tests', () => {
  expect(files.length).toBeGreaterThan(10);
});

describe.each(files)('%s, validated:', (file) => {
  jest.requireActual(join(TESTS, file));
});
