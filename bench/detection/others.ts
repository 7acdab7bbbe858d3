import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { Json } from '../../src/template/values';
import { GUARD, GUARD_RULES } from '../../test/support/control-tower';

/** What a tool says of a template by one of its rules; `refused` where it cannot read the template. */
export type Said = 'fail' | 'pass' | 'refused';

const SERVICES = ['keymanagementservice', 's3', 'sqs', 'rds', 'elasticloadbalancing'];

/** The rule files of AWS Control Tower for our services: control → file. */
export function controlTowerFiles(): Map<string, string> {
  return new Map(SERVICES.flatMap((service) => readdirSync(join(GUARD_RULES, service)).filter((file) => file.endsWith('.guard'))
    .map((file) => [file.replace('.guard', '').toUpperCase().replace(/-/g, '.'), join(GUARD_RULES, service, file)] as const)));
}

interface GuardResult {
  readonly name: string;
  readonly not_compliant: unknown[];
}

/** A folder with a file for each template. */
export function written(templates: readonly Json[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'detection-'));
  templates.forEach((template, n) => writeFileSync(join(folder, `t${n}.json`), JSON.stringify(template)));
  return folder;
}

/** cfn-guard with some controls: for each template the controls that it fails. */
export function askControlTower(templates: readonly Json[], controls: readonly string[]): Array<Set<string> | 'refused'> {
  const files = controlTowerFiles();
  const folder = written(templates);
  const rules = mkdtempSync(join(tmpdir(), 'rules-'));
  mkdirSync(rules, { recursive: true });
  controls.forEach((id) => writeFileSync(join(rules, `${id}.guard`), readFileSync(files.get(id)!)));
  const { stdout } = spawnSync(GUARD, ['validate', '--rules', rules, '--data', folder, '--output-format', 'json', '--show-summary', 'none', '--structured'],
    { encoding: 'utf8', maxBuffer: 1024 * 1024 * 1024 });
  const found = new Map((JSON.parse(stdout) as GuardResult[]).map(({ name, not_compliant: failures }) =>
    [name.split('/').pop(), new Set(failures.flatMap((failure) => JSON.stringify(failure).match(/CT\.[A-Z0-9]+\.PR\.\d+/g) ?? []))]));
  [folder, rules].forEach((each) => rmSync(each, { recursive: true }));
  return templates.map((_, n) => found.get(`t${n}.json`) ?? 'refused');
}

/** cdk-nag through CfnInclude: for each template the rules that it fails. */
export function askCdkNag(templates: readonly Json[]): Array<Set<string> | 'refused'> {
  const folder = written(templates);
  const answers = templates.map((_, n) => {
    try {
      const stack = new Stack(new App(), `S${n}`);
      new CfnInclude(stack, 'Included', { templateFile: join(folder, `t${n}.json`) });
      const report = new AwsSolutionsChecks().validateScope(stack);
      return new Set(report.violations.map(({ ruleName }) => ruleName.replace(/\[.*$/, '').replace(/^.*::/, '')));
    } catch {
      return 'refused' as const;
    }
  });
  rmSync(folder, { recursive: true });
  return answers;
}
