import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Assembly, byService, kindOf, loadAssembly } from './api/assembly';
import { Page } from './api/page';
import { cell, Links } from './api/text';

const ROOT = join(__dirname, '..');

/** What a service's guide calls it: `# SQS: who may send?` → `SQS`. A part without a guide has the name of its folder. */
function titleOf(service: string): string {
  const guide = join(ROOT, 'src', service, 'README.md');
  const title = existsSync(guide) ? /^# ([^:\n]+)/.exec(readFileSync(guide, 'utf8'))?.[1] : undefined;
  return title ?? service[0].toUpperCase() + service.slice(1);
}

/** API.md: what there is, a line each. */
export function indexMarkdown(assembly: Assembly): string {
  const links = new Links(assembly);
  return [
    '# API',
    '<!-- Generated from the docstrings by `npx projen api`. Do not edit. -->',
    'What there is, by service. Each page has signatures, defaults and AWS\'s pages; members that come from aws-cdk-lib are in the '
      + '[reference of the AWS CDK](https://docs.aws.amazon.com/cdk/api/v2/docs/aws-construct-library.html).',
    ...[...byService(assembly)].flatMap(([service, types]) => [
      `## [${titleOf(service)}](docs/api/${service}.md)`,
      ['| | kind | what |', '| --- | --- | --- |', ...types.map((type) => `| ${links.toType(type.fqn)} | ${kindOf(type)} | ${cell({ summary: type.docs?.summary }).replace(/;$/, '.')} |`)].join('\n'),
    ]),
  ].join('\n\n') + '\n';
}

/** Every page, by its path below the root of the repository. */
export function apiPages(assembly: Assembly): Map<string, string> {
  return new Map([
    ['API.md', indexMarkdown(assembly)],
    ...[...byService(assembly)].map(([service, types]) => [`docs/api/${service}.md`, new Page(assembly, service, titleOf(service), types).markdown()] as const),
  ]);
}

if (require.main === module) {
  const pages = apiPages(loadAssembly(join(ROOT, '.jsii')));
  mkdirSync(join(ROOT, 'docs', 'api'), { recursive: true });
  readdirSync(join(ROOT, 'docs', 'api')).filter((file) => !pages.has(`docs/api/${file}`)).forEach((file) => rmSync(join(ROOT, 'docs', 'api', file)));
  for (const [path, text] of pages) { writeFileSync(join(ROOT, path), text); }
}
