import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..');
const SERVICES = [
  ['s3', 'A bucket', ['key', 'logs']],
  ['sqs', 'A queue that EventBridge sends to', ['key']],
  ['rds', 'An Aurora cluster', ['key']],
  ['elasticloadbalancingv2', 'A load balancer', ['logs']],
] as const;

const source = (file: string) => readFileSync(join(ROOT, 'examples', 'side-by-side', `${file}.ts`), 'utf8').trimEnd();

/** Lines that somebody writes: without imports, blank lines and comments. */
const written = (code: string) => code.split('\n').filter((line) => line.trim() && !/^(import |\/\/)/.test(line.trim())).length;

const fenced = (code: string) => ['```ts', code, '```', ''];

/** docs/side-by-side.md: the files of examples/side-by-side, and how long they are. */
export function sideBySideMarkdown(): string {
  const sizes = SERVICES.map(([service, title, parts]) => {
    const plain = [service, ...parts].map((part) => written(source(`${part}.plain`))).reduce((a, b) => a + b);
    return { title, plain, ours: written(source(`${service}.ours`)) };
  });
  return [
    '# What would the same protection take in plain CDK?',
    '',
    '<!-- Generated from examples/side-by-side by `npx projen side-by-side`. Do not edit. -->',
    '',
    'Both sides of each row give the same template, resource by resource: `test/examples/side-by-side.test.ts` compares them. Lines are counted without imports, blank lines',
    'and comments.',
    '',
    '| | plain aws-cdk-lib | this library |',
    '| --- | --- | --- |',
    ...sizes.map(({ title, plain, ours }) => `| ${title} | ${plain} lines | ${ours} lines |`),
    '',
    ...SERVICES.flatMap(([service, title]) => [
      `## ${title}`, '', 'Here:', '', ...fenced(source(`${service}.ours`)), 'In plain CDK:', '', ...fenced(source(`${service}.plain`)),
    ]),
    '## What the plain ones share',
    '',
    ...fenced(source('key.plain')),
    ...fenced(source('logs.plain')),
  ].join('\n');
}

if (require.main === module) { writeFileSync(join(ROOT, 'docs', 'side-by-side.md'), sideBySideMarkdown()); }
