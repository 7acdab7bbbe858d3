import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const [name] = process.argv.slice(2);
if (name === undefined || !/^[a-z][a-z0-9]*$/.test(name)) {
  console.error('usage: npx projen new:service NAME, where NAME is the word of the AWS SDK for the service in small letters, as sns');
  process.exit(2);
}
if (existsSync(join('src', name, 'service.ts'))) {
  console.error(`src/${name} is a service already. To add a rule to it: npx projen new:rule ${name} NAME`);
  process.exit(2);
}

const isOther = existsSync(join('src', name)) && !existsSync(join('src', name, 'flows.ts'));
if (isOther || existsSync(join('src', `${name}.ts`))) {
  console.error(`src/${name} is a part of the library and not the folder of a service`);
  process.exit(2);
}

const files: Record<string, string> = {
  [`src/${name}/service.ts`]: `import { RULES } from './rules';
import type { Service } from '../rules/service-declaration';

export const service: Service = {
  name: '${name}',
  title: '',
  protects: {},
  rules: RULES,
};
`,
  [`src/${name}/README.md`]: `# ${name}

**What is protected?** Say it here: what is encrypted under which key, what travels over TLS only, what is refused, and by which rules.
`,
  [`test/${name}/service.test.ts`]: `import { readFileSync } from 'node:fs';
import { service } from '../../src/${name}/service';

test('${name} is named as AWS names it, and says which resources it protects', () => {
  expect(service.title).not.toBe('');
  expect(Object.keys(service.protects).length).toBeGreaterThan(0);
});

test('${name} has at least one rule', () => {
  expect(service.rules.length).toBeGreaterThan(0);
});

test('the page of ${name} says what is protected', () => {
  expect(readFileSync('src/${name}/README.md', 'utf8')).not.toContain('Say it here');
});
`,
};

for (const [file, text] of Object.entries(files)) {
  // A folder may have its flows before it is a service.
  if (existsSync(file)) { continue; }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  console.log(`wrote ${file}`);
}
mkdirSync(join('src', name, 'rules'), { recursive: true });
console.log(`Its tests fail until service.ts, README.md and a first rule are written: npx projen new:rule ${name} NAME`);
