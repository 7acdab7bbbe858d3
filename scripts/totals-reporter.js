// Closes a jest run with one plain line, 'N passed, N failed', and adds the totals to the file that TEST_TOTALS names, from
// which .ci/run sums up its runs.
const { appendFileSync } = require('node:fs');

module.exports = class TotalsReporter {
  onRunComplete(_contexts, { numPassedTests, numFailedTests, numRuntimeErrorTestSuites }) {
    const failed = numFailedTests + numRuntimeErrorTestSuites;
    if (process.env.TEST_TOTALS) { appendFileSync(process.env.TEST_TOTALS, `${numPassedTests} ${failed}\n`); }
    process.stdout.write(`\n${numPassedTests} passed, ${failed} failed\n`);
  }
};
