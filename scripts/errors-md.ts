import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Coded, codedIn } from './errors/extract';

const ROOT = join(__dirname, '..');

/** The sentence that says what is wrong, and those that say what to do. */
export function partsOf(message: string): readonly [when: string, remedy: string] {
  const end = /\.\)? (?=[A-Z`'*{])/.exec(message);
  return end ? [message.slice(0, end.index + 1), message.slice(end.index + end[0].length)] : [message, ''];
}

const cell = (text: string) => text.replace(/\|/g, '\\|').replace(/\n/g, ' ');

function table(kind: Coded['kind'], all: Coded[]): string {
  const coded = all.filter((each) => each.kind === kind);
  const sorted = [...coded].sort((a, b) => (a.code === b.code ? Number(a.file > b.file) - Number(a.file < b.file) : a.code < b.code ? -1 : 1));
  return [
    '| code | when | what to do | in |',
    '| --- | --- | --- | --- |',
    ...sorted.map(({ code, message, file }, n) => {
      const [when, remedy] = partsOf(message);
      return `| ${sorted[n - 1]?.code === code ? '' : `<a id="${kind}-${code}"></a>\`${code}\``} | ${cell(when)} | ${cell(remedy)} | [${file}](../src/${file}) |`;
    }),
  ].join('\n');
}

/** docs/errors.md: every code that the sources throw or warn with, and what the message says. */
export function errorsMarkdown(coded: Coded[] = codedIn(join(ROOT, 'src'))): string {
  return `# What does this error mean, and what do I do?

<!-- Generated from the sources by \`npx projen errors\`. Do not edit. -->

Every error ends in a code, and every warning has one as its id. A code stays the same between versions. Search this page for it. *Italics* stand for values of
your app, and [brackets] for a part that not every message has.

An error is thrown where the construct is made. It names the construct's path, the prop, the value and what to do:

\`\`\`text
Orders/Uploads: 'enforceSSL' cannot be false: … [BucketMustEnforceTls]
\`\`\`

\`cdk synth\` reports errors that only the whole app shows, such as a key policy that is too large. Findings of the checks are not errors: see [RULES.md](../RULES.md).
The command \`cdk-encryption\` reports a file that it cannot read with line and column, and exits with code 2.

## Errors

${table('error', coded)}

## Warnings

The id of a warning is \`cdk-encryption-constructs:\` and the code. Acknowledge it by that id, after the construct is made:

\`\`\`text
Validations.of(queue).acknowledge({ id: 'cdk-encryption-constructs:KeyPolicyNotAdded', reason: 'The owner of the key added the statement' });
\`\`\`

\`cdk synth --strict\` makes warnings fatal. Where \`EncryptionDefaults\` only warns about insecure props, an error above is a warning with the same code.

${table('warning', coded)}
`;
}

if (require.main === module) { writeFileSync(join(ROOT, 'docs', 'errors.md'), errorsMarkdown()); }
