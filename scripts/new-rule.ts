import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [service, given] = process.argv.slice(2);
// TopicTlsOnly, as in the rule's id, is topic-tls-only.
const name = given?.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();
if (service === undefined || name === undefined || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
  console.error('usage: npx projen new:rule SERVICE NAME, where NAME says resource and what must be so, as topic-tls-only or TopicTlsOnly');
  process.exit(2);
}
if (!/^[a-z][a-z0-9]*$/.test(service) || !existsSync(join('src', service, 'service.ts'))) {
  console.error(`there is no service ${service}. To make it: npx projen new:service ${service}`);
  process.exit(2);
}
const file = join('src', service, 'rules', `${name}.ts`);
if (existsSync(file)) {
  console.error(`${file} exists already`);
  process.exit(2);
}

const pascal = (text: string) => text.replace(/(^|-)([a-z0-9])/g, (_, __, letter: string) => letter.toUpperCase());

mkdirSync(join('src', service, 'rules'), { recursive: true });
writeFileSync(file, `import { Rule, undetermined } from '../../rules/rule';

export const rule: Rule = {
  id: 'Encryption-${pascal(service)}${pascal(name)}',
  severity: 'error',
  guards: 'at rest',
  resourceTypes: [],
  info: '',
  why: '',
  fix: '',
  see: '',
  controls: {},
  examples: {
    wrong: {
      'what is wrong': \`
        Resources:
          Resource:
            Type: AWS::Service::Resource\`,
    },
    right: {
      'what is right': \`
        Resources:
          Resource:
            Type: AWS::Service::Resource\`,
    },
  },
  check: (resource) => undetermined(\`the rule about \${resource.type} is not written yet\`),
};
`);
console.log(`wrote ${file}. Its tests (test/checks) fail until it is written.`);
