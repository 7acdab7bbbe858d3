import { join } from 'node:path';
import { fail, passIf, testRule, verdictOn } from '../../src/own-rules';
import type { Rule } from '../../src/own-rules';
import { BAD_QUEUE, cdkEncryption, folderWith, runIn } from '../support/command-line';

/** A rule as a team writes it, with parts replaced. */
const ruleText = (more = '') => `module.exports = { rule: {
  id: 'Acme-QueueNamed', severity: 'error', guards: 'operations', resourceTypes: ['AWS::SQS::Queue'],
  info: 'A queue must have a name.', why: 'Alarms use it.', fix: 'Set QueueName.', see: 'https://wiki.acme.example/queues',
  controls: { pci: ['12.5.2'] },
  examples: {
    wrong: { 'no name': 'Resources: {Q: {Type: AWS::SQS::Queue}}' },
    right: { 'a name': 'Resources: {Q: {Type: AWS::SQS::Queue, Properties: {QueueName: orders}}}' },
  },
  check: (queue) => queue.get('QueueName').match({
    value: () => ({ kind: 'pass' }),
    absent: () => ({ kind: 'fail', detail: 'QueueName is not set' }),
    unknown: ({ reason }) => ({ kind: 'undetermined', reason }),
  }), ${more}
} };`;
const files = (rule = ruleText(), name = 'queue-named.js') => ({ 'a.yaml': BAD_QUEUE, [`rules/${name}`]: rule });
const check = (around: Record<string, string | object>, ...more: string[]) => cdkEncryption(['check', 'a.yaml', '--rules-from', 'rules', ...more], { files: around });

test('a folder of modules is checked beside the rules of the tool', () => {
  const { code, out } = check(files());
  expect([code, out]).toEqual([1, expect.stringContaining('error        Acme-QueueNamed: QueueName is not set')]);
  expect(out).toContain('Encryption-SqsQueueEncrypted');
});

test('they are selected, skipped, listed, explained, acknowledged and part of a framework as the others', () => {
  const out = (args: string[], settings: object = {}) => cdkEncryption(args, { files: { ...files(), '.cdk-encryption.json': { rulesFrom: 'rules', ...settings } } }).out;
  const rulesOf = (text: string) => JSON.parse(text).findings.map(({ rule }: { rule: string }) => rule);
  expect(rulesOf(out(['check', 'a.yaml', '--format', 'json', '--rules', 'acme-*']))).toEqual(['Acme-QueueNamed']);
  expect(rulesOf(out(['check', 'a.yaml', '--format', 'json', '--skip', 'Acme-QueueNamed']))).not.toContain('Acme-QueueNamed');
  expect(rulesOf(out(['check', 'a.yaml', '--format', 'json', '--framework', 'pci-dss']))).toContain('Acme-QueueNamed');
  expect(out(['rules'])).toContain('Acme-QueueNamed');
  expect(out(['explain', 'acme-queuenamed'])).toContain('A queue must have a name.');
  expect(out(['check', 'a.yaml', '--rules', 'Acme-*'], { acknowledge: [{ rule: 'Acme-QueueNamed', reason: 'r' }] })).toContain('no findings, 1 acknowledged');
  const tagged = JSON.parse(out(['check', 'a.yaml', '--format', 'sarif', '--rules', 'Acme-*'])).runs[0].tool.driver.rules[0].properties.tags;
  expect(tagged).toContain('external/pci-dss/12.5.2');
});

test('an acknowledgement of one that does not exist is told by its prefix', () => {
  const template = `${BAD_QUEUE}    Metadata: {cdk_nag: {rules_to_suppress: [{id: Acme-QueueNmed, reason: r}, {id: Other-X, reason: r}]}}\n`;
  const { code, out } = check({ ...files(), 'a.yaml': template }, '--no-excerpt');
  expect([code, out]).toEqual([2, expect.stringContaining("'Acme-QueueNmed' is acknowledged for Orders in a.yaml and is not the id of a rule, so that nothing is accepted by it. Did you mean Acme-QueueNamed?")]);
  expect(out).not.toContain('Other-X');
});

test.each([
  ['no folder', { 'a.yaml': BAD_QUEUE }, 'rules: the folder of your own rules is not there'],
  ['a file', { 'a.yaml': BAD_QUEUE, 'rules': 'x' }, 'rules: your own rules must be a folder of JavaScript modules, got a file'],
  ['an empty folder', { 'a.yaml': BAD_QUEUE, 'rules/readme.md': 'x' }, 'rules: no rule in this folder: a rule is a JavaScript module (.js, .cjs, .mjs)'],
  ['TypeScript', { 'a.yaml': BAD_QUEUE, 'rules/x.ts': 'x' }, 'compile TypeScript first'],
  ['a module that cannot be loaded', files('throw new Error("no database");'), 'rules/queue-named.js: cannot be loaded (no database)'],
  ['a syntax error', files('module.exports = {'), 'rules/queue-named.js: cannot be loaded (Unexpected'],
  ['a module without a rule', files('module.exports = 5;'), 'rules/queue-named.js: must export a rule: an object with id, severity,'],
  ['an empty module', files(''), "rules/queue-named.js: 'id' must have a prefix of your own, as Acme-QueueNamed; got nothing"],
  ['an empty list', files('module.exports = [];'), 'rules/queue-named.js: exports no rule'],
  ['the prefix of the tool', files(ruleText("id: 'Encryption-Mine',")), "'id' must not begin with Encryption-"],
  ['no prefix', files(ruleText("id: 'queueNamed',")), "'id' must have a prefix of your own, as Acme-QueueNamed; got \"queueNamed\""],
  ['an unknown severity', files(ruleText("severity: 'fatal',")), "'severity' must be one of error, warning, info; got \"fatal\""],
  ['no types', files(ruleText('resourceTypes: [],')), "'resourceTypes' must name types as AWS::SQS::Queue; got []"],
  ['no check', files(ruleText('check: undefined,')), "'check' must be a function of a resource; got nothing"],
  ['no wrong example', files(ruleText('examples: { right: { a: "Resources: {}" } },')), "'examples.wrong' must have at least one template by its title; got nothing"],
  ['an unknown standard', files(ruleText("controls: { soc: ['1'] },")), "'controls' has the unknown standard 'soc'"],
  ['an id twice', { ...files(), 'rules/again.js': ruleText() }, "rules: the rule 'Acme-QueueNamed' stands there twice"],
])('refused is %s', (_, around, message) => {
  expect(check(around)).toMatchObject({ code: 2, out: '', err: expect.stringContaining(message) });
});

test.each([
  ['throws', "check: () => { throw new Error('no table'); },", 'the rule Acme-QueueNamed cannot judge Orders: no table'],
  ['returns nothing', 'check: () => undefined,', "cannot judge Orders: check must return { kind: 'pass' | 'fail' | 'undetermined' | 'not applicable' }, with detail or reason; it returned nothing"],
  ['forgets the detail', "check: () => ({ kind: 'fail' }),", 'it returned {"kind":"fail"}'],
])('a rule that %s is not one that finds nothing: exit code 2', (_, broken, message) => {
  const { code, out } = check(files(ruleText(broken)), '--rules', 'Acme-*');
  expect([code, out]).toEqual([2, expect.stringContaining(`cannot check rules/queue-named.js: ${message.startsWith('the rule') ? message : 'the rule Acme-QueueNamed '}`)]);
  expect(out).toContain(message);
});

test('modules export a rule in any of the usual ways; tests and hidden files beside them are passed over', () => {
  const body = ruleText().replace('module.exports = { rule: ', 'const rule = ').replace(/ \};$/, ';');
  const around = { ...files(`${body}\nmodule.exports = rule;`, 'a.cjs'), 'rules/b.js': `${body.replace('Acme-QueueNamed', 'Acme-Second')}\nexports.rules = [rule];`, 'rules/b.test.js': 'x(', 'rules/_shared.js': 'x(' };
  expect(cdkEncryption(['rules', '--rules-from', 'rules'], { files: around }).out.split('\n').slice(-2).map((line) => line.split(' ')[0])).toEqual(['Acme-QueueNamed', 'Acme-Second']);
});

describe('the helper for tests of rules', () => {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const loaded = (text: string) => require(join(folderWith({ 'rule.js': text }), 'rule.js'));

  test('is content with examples that do what they say', () => {
    expect(() => testRule(loaded(ruleText()))).not.toThrow();
  });

  test('names each example that does not, with what the rule said', () => {
    expect(() => testRule(loaded(ruleText("check: () => ({ kind: 'fail', detail: 'always' }),"))))
      .toThrow("Acme-QueueNamed:\n  right example 'a name': expected 'pass', got 'fail' (always)");
    expect(() => testRule(loaded(ruleText("check: () => ({ kind: 'pass' }),")))).toThrow("wrong example 'no name': expected 'fail', got 'pass'");
  });

  test('names what a rule lacks, and an example of another type', () => {
    expect(() => testRule(loaded(ruleText('why: "",')))).toThrow("'why' must be a sentence");
    expect(() => testRule(loaded(ruleText("resourceTypes: ['AWS::SNS::Topic'],")))).toThrow('the first resource of the example is AWS::SQS::Queue, and the rule checks AWS::SNS::Topic');
  });

  test('has the parts of which verdicts are made', () => {
    const rule = { ...loaded(ruleText()).rule, check: () => passIf(false, 'no') } as Rule;
    expect(verdictOn(rule, 'Resources: {Q: {Type: AWS::SQS::Queue}}')).toEqual(fail('no'));
  });
});

test('a folder is named from the working directory', () => {
  const folder = folderWith({ ...files(), 'deep/x.txt': '' });
  expect(runIn(join(folder, 'deep'), ['rules', '--rules-from', '../rules']).out).toContain('Acme-QueueNamed');
});
