import { MISTAKES_WITH_DEFAULTS_AND_CHECKS } from './adoption';
import { MISTAKES_WITH_THE_COMMAND } from './command';
import { MISTAKES_WITH_LOG_GROUPS, MISTAKES_WITH_SECRETS, MISTAKES_WITH_TABLES, MISTAKES_WITH_TOPICS } from './data-plane';
import { MISTAKES_WITH_DATABASES } from './databases';
import { MISTAKES_WITH_LOAD_BALANCERS } from './edge';
import { MISTAKES_WITH_KEYS } from './keys';
import { Mistake, untyped } from './mistake';
import { MISTAKES_WITH_OPTIONS } from './options';
import { MISTAKES_WITH_BUCKETS, MISTAKES_WITH_QUEUES } from './storage';
import { cdkEncryption } from '../support/command-line';
import { ENV, stack } from '../support/stack';

const MISTAKES: Record<string, Mistake[]> = {
  'keys': MISTAKES_WITH_KEYS,
  'buckets': MISTAKES_WITH_BUCKETS,
  'queues': MISTAKES_WITH_QUEUES,
  'topics': MISTAKES_WITH_TOPICS,
  'log groups': MISTAKES_WITH_LOG_GROUPS,
  'secrets': MISTAKES_WITH_SECRETS,
  'tables': MISTAKES_WITH_TABLES,
  'databases': MISTAKES_WITH_DATABASES,
  'load balancers': MISTAKES_WITH_LOAD_BALANCERS,
  'options': MISTAKES_WITH_OPTIONS,
  'defaults and checks': MISTAKES_WITH_DEFAULTS_AND_CHECKS,
};

/** The error that a mistake ends in; `undefined` where nothing is said. */
function errorOf(make: Mistake[1]): Error | undefined {
  try {
    make(stack(ENV), untyped);
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

describe.each(Object.entries(MISTAKES))('from plain JavaScript, with %s', (_, mistakes) => {
  test.each(mistakes)('%s', (__, make, says) => {
    const error = errorOf(make);
    expect(error?.message).toBe(says);
    expect(error?.name).toBe('EncryptionError');
  });
});

describe('with the command', () => {
  test.each(MISTAKES_WITH_THE_COMMAND)('%s', (_, args, files, says) => {
    const { out, err } = cdkEncryption(args, { files });
    expect([...err.split('\n'), ...out.split('\n')]).toContain(says);
  });
});

test('there are more than two hundred and fifty of them, and none is told twice', () => {
  const all = [...Object.entries(MISTAKES), ['the command', MISTAKES_WITH_THE_COMMAND] as const].flatMap(([of, mistakes]) => mistakes.map(([what]) => `${of}: ${what}`));
  expect(all.length).toBeGreaterThan(250);
  expect(all.filter((each, n) => all.indexOf(each) !== n)).toEqual([]);
});

test('no message is a stack trace, and each ends with a code', () => {
  const messages = Object.values(MISTAKES).flat().map(([,, says]) => says);
  expect(messages.filter((says) => says.includes('\n') || !/\. \[[A-Z][A-Za-z0-9]+\]$/.test(says))).toEqual([]);
});
