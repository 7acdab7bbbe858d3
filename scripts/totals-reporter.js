// Closes a jest run with one plain line, 'N passed, N failed', after what was not run and why; and adds the totals to the file that
// TEST_TOTALS names, from which .ci/run sums up its runs.
const { appendFileSync } = require('node:fs');

module.exports = class TotalsReporter {
  onRunComplete(_contexts, { numPassedTests, numFailedTests, numRuntimeErrorTestSuites, testResults }) {
    const failed = numFailedTests + numRuntimeErrorTestSuites;
    // A test that something is missing for says so in its name; others are skipped because a person asked for one test.
    const notRun = testResults.flatMap((suite) => suite.testResults).filter(({ status, title }) => status === 'pending' && title.startsWith('not run'));
    if (process.env.TEST_TOTALS) { appendFileSync(process.env.TEST_TOTALS, `${numPassedTests} ${failed} ${notRun.length}\n`); }
    const lines = notRun.length === 0 ? [] : [...notRun.map(({ title }) => `- ${title}`), `${notRun.length} not run`];
    process.stdout.write(`\n${[...lines, `${numPassedTests} passed, ${failed} failed`].join('\n')}\n`);
  }
};
