import { spawnSync } from 'node:child_process';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';

const ROOT = dirname(require.resolve('@cdklabs/cdk-validator-cfnguard/package.json'));
export const GUARD_RULES = join(ROOT, 'rules/control-tower/cfn-guard');
export const GUARD = join(ROOT, 'bin', platform() === 'darwin' ? 'macos' : 'ubuntu', arch() === 'arm64' ? 'aarch64' : 'x86_64', 'cfn-guard');

/** The folders of AWS Control Tower's proactive rules, by the service in a control's id. */
const FOLDERS: Record<string, string> = {
  ELASTICLOADBALANCING: 'elasticloadbalancing', KMS: 'keymanagementservice', RDS: 'rds', S3: 's3', SQS: 'sqs',
};

interface GuardResult {
  readonly name: string;
  readonly not_compliant: unknown[];
  readonly compliant: string[];
}

export interface ControlTowerReport {
  /** Ids of the controls that the templates fail, each with the template paths at fault. */
  readonly failed: Record<string, string[]>;
  /** How many controls looked at a resource and found it right. */
  readonly passed: number;
}

/** Judges templates by AWS Control Tower's proactive controls, such as `CT.KMS.PR.1`. */
export function controlTower(templates: string[], controls: string[]): ControlTowerReport {
  const rules = controls.map((id) => join(GUARD_RULES, FOLDERS[id.split('.')[1]], `${id.toLowerCase().replace(/\./g, '-')}.guard`));
  const { stdout, stderr } = spawnSync(GUARD, [
    'validate', ...rules.flatMap((rule) => ['--rules', rule]), ...templates.flatMap((template) => ['--data', template]),
    '--output-format', 'json', '--show-summary', 'none', '--structured',
  ], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (!stdout.trim().startsWith('[')) { throw new Error(`cfn-guard did not run: ${stderr}`); }
  const results: GuardResult[] = JSON.parse(stdout);
  const failed: Record<string, string[]> = {};
  for (const { not_compliant: failures } of results) {
    for (const failure of failures) {
      const text = JSON.stringify(failure);
      for (const id of new Set(text.match(/CT\.[A-Z0-9]+\.PR\.\d+/g))) {
        const paths = [...new Set(text.match(/\/Resources\/[A-Za-z0-9]+/g))].map((path) => path.slice('/Resources/'.length));
        failed[id] = [...new Set([...(failed[id] ?? []), ...paths])];
      }
    }
  }
  return { failed, passed: results.reduce((sum, { compliant }) => sum + compliant.length, 0) };
}
