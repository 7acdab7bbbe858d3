import builder from 'junit-report-builder';
import type { Report } from '../report';

/** JUnit XML: a suite a template, a case a finding. */
export function junitReport({ findings, acknowledged, failures, templates }: Report): string {
  const report = builder.newBuilder();
  for (const file of templates) {
    const suite = report.testSuite().name(file);
    const here = findings.filter((finding) => finding.file === file);
    for (const { rule, level, detail, path, logicalId, line } of here) {
      const test = suite.testCase().className(path ?? logicalId).name(rule.id).file(line === undefined ? file : `${file}:${line}`);
      if (level === 'error' || level === 'warning') {
        test.failure(`${rule.info} ${detail}`, level);
      } else {
        test.skipped();
        test.standardOutput(`${level}: ${rule.info} ${detail}`);
      }
    }
    for (const { rule, path, logicalId, acknowledged: reason } of acknowledged.filter((finding) => finding.file === file)) {
      const test = suite.testCase().className(path ?? logicalId).name(rule.id);
      test.skipped();
      test.standardOutput(`acknowledged: ${reason}`);
    }
    if (here.length === 0) { suite.testCase().className(file).name('no findings'); }
  }
  for (const failure of failures) { report.testSuite().name(failure.file ?? 'input').testCase().name('can be checked').error(failure.text); }
  return report.build();
}
