// Judges the first lines of commit messages, one a line on standard input: each is a plain sentence that says what the commit does
// and why. Pull requests are judged by the same: their title becomes a commit.
const LONGEST = 220;

/** What is wrong with a subject, or undefined. */
function wrongWith(subject) {
  if (/^[a-z]+(\([^)]*\))?!?: /.test(subject)) { return 'has a prefix of Conventional Commits; write a sentence'; }
  if (!/^[A-Z]/.test(subject)) { return 'does not begin with a capital letter'; }
  if (/\.$/.test(subject)) { return 'ends with a full stop'; }
  if (subject.trim().split(/\s+/).length < 3) { return 'says too little: what does the commit do, and why?'; }
  if (subject.length > LONGEST) { return `is longer than ${LONGEST} characters`; }
  return undefined;
}

module.exports = { wrongWith };

if (require.main === module) {
  const subjects = require('node:fs').readFileSync(0, 'utf8').split('\n').filter(Boolean);
  const faults = subjects.flatMap((subject) => (wrongWith(subject) ? [`'${subject}' ${wrongWith(subject)}.`] : []));
  faults.forEach((fault) => console.error(fault));
  console.log(`${subjects.length} subjects, ${faults.length} to change`);
  process.exit(faults.length > 0 ? 1 : 0);
}
