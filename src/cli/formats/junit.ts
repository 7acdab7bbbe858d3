import type { Finding } from '../finding';
import type { Report } from '../report';

interface Case {
  readonly className: string;
  readonly name: string;
  /** In the order in which the schema wants them. */
  readonly skipped?: string;
  readonly error?: string;
  readonly failure?: { readonly message: string; readonly type: string; readonly text: string };
  readonly out?: string;
}

/**
 * JUnit XML: a suite a template, a case a finding.
 *
 * Valid by Jenkins' schema: no `file` for a case, and no `skipped` for all suites.
 *
 * @see https://github.com/junit-team/junit5/blob/main/platform-tests/src/test/resources/jenkins-junit.xsd
 */
export function junitReport({ findings, acknowledged, known, passed, failures, templates }: Report): string {
  const by = <T extends { readonly file: string }>(all: readonly T[]) => {
    const found = new Map<string, T[]>();
    for (const each of all) { found.set(each.file, [...(found.get(each.file) ?? []), each]); }
    return (file: string) => found.get(file) ?? [];
  };
  const [open, accepted, old, good] = [by(findings), by(acknowledged), by(known), by(passed ?? [])];
  const suites = templates.map((file) => {
    const cases = [
      ...open(file).map(caseOf),
      ...accepted(file).map((finding) => ({ ...named(finding), skipped: `acknowledged: ${finding.acknowledged}` })),
      ...old(file).map((finding) => ({ ...named(finding), skipped: 'in the baseline' })),
      ...good(file).map(named),
    ];
    return suite(file, cases.length > 0 ? cases : [{ className: file, name: 'no findings' }]);
  });
  const unread = failures.map((failure) => suite(failure.file ?? 'input', [{ className: failure.file ?? 'input', name: 'can be checked', error: failure.text }]));
  const all = [...suites, ...unread];
  const sum = (count: (cases: readonly Case[]) => number) => all.reduce((total, { cases }) => total + count(cases), 0);
  const totals = attributes({ name: 'cdk-encryption', tests: sum(({ length }) => length), failures: sum(failed), errors: sum(broken) });
  return ['<?xml version="1.0" encoding="UTF-8"?>', `<testsuites${totals}>`, ...all.map(({ xml }) => xml), '</testsuites>'].join('\n');
}

const named = ({ rule, path, logicalId }: Pick<Finding, 'rule' | 'path' | 'logicalId'>) => ({ className: path ?? logicalId, name: rule.id });
const failed = (cases: readonly Case[]) => cases.filter(({ failure }) => failure).length;
const broken = (cases: readonly Case[]) => cases.filter(({ error }) => error !== undefined).length;

function caseOf(finding: Finding): Case {
  const { rule, level, detail, file, line, source, witness } = finding;
  const places = [...(source ? [`${source.file}:${source.line}`] : []), line === undefined ? file : `${file}:${line}`];
  const text = [`${rule.info} ${detail}`, ...places.map((place) => `at ${place}`), `Fix: ${rule.fix}`, `See ${rule.see}`, ...(witness ? [JSON.stringify(witness)] : [])].join('\n');
  return level === 'error' || level === 'warning'
    ? { ...named(finding), failure: { message: `${rule.info} ${detail}`, type: level, text } }
    : { ...named(finding), skipped: `${level}: ${rule.info} ${detail}`, out: text };
}

function suite(name: string, cases: readonly Case[]): { readonly xml: string; readonly cases: readonly Case[] } {
  const passedOver = cases.filter(({ skipped }) => skipped !== undefined).length;
  const head = attributes({ name, tests: cases.length, failures: failed(cases), errors: broken(cases), skipped: passedOver });
  return { cases, xml: [`  <testsuite${head}>`, ...cases.map(caseXml), '  </testsuite>'].join('\n') };
}

function caseXml({ className, name, skipped, error, failure, out }: Case): string {
  const inside = [
    ...(skipped === undefined ? [] : [`      <skipped>${escaped(skipped)}</skipped>`]),
    ...(error === undefined ? [] : [`      <error${attributes({ message: error })}/>`]),
    ...(failure === undefined ? [] : [`      <failure${attributes({ message: failure.message, type: failure.type })}>${escaped(failure.text)}</failure>`]),
    ...(out === undefined ? [] : [`      <system-out>${escaped(out)}</system-out>`]),
  ];
  const head = `    <testcase${attributes({ classname: className, name })}`;
  return inside.length === 0 ? `${head}/>` : [`${head}>`, ...inside, '    </testcase>'].join('\n');
}

const attributes = (values: Readonly<Record<string, string | number>>) => Object.entries(values).map(([name, value]) => ` ${name}="${escaped(String(value)).replace(/\n/g, '&#10;')}"`).join('');

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text that XML 1.0 can hold: other characters are not allowed in it, however they are written. */
function escaped(text: string): string {
  return text
    // eslint-disable-next-line no-control-regex
    .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '\uFFFD')
    .replace(/[&<>"]/g, (character) => ENTITIES[character]).replace(/\r/g, '&#13;');
}
