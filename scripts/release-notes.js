// CHANGELOG.md is the one source of a release: the version of its newest heading, and what stands below it as the notes.
// `--version` prints the version; without it, the notes are printed. 'Unreleased' as newest heading is an error: name the version first.
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const VERSION = /^(\d+\.\d+\.\d+)\b/;

/** The newest section of a changelog; throws where it has no version. */
function newestRelease(changelog) {
  const [, newest] = changelog.split(/^## /m);
  const [heading, ...notes] = (newest ?? '').split('\n');
  const version = VERSION.exec(heading)?.[1];
  if (version === undefined) {
    throw new Error(`CHANGELOG.md: the newest heading is '## ${heading}'. Name the version to release there, such as '## 0.1.0 (2027-01-31)', and commit it first.`);
  }
  return { version, notes: `${notes.join('\n').trim()}\n` };
}

module.exports = { newestRelease };

if (require.main === module) {
  try {
    const { version, notes } = newestRelease(readFileSync(join(__dirname, '..', 'CHANGELOG.md'), 'utf8'));
    process.stdout.write(process.argv.includes('--version') ? version : notes);
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}
