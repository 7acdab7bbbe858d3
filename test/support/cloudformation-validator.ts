import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Stage } from 'aws-cdk-lib';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';

/**
 * Synthesizes, and gives what the CDK's own CloudFormation validator finds wrong with the templates. Its WebAssembly takes seconds to start, in each
 * test file anew: the unit tests do so in one file (`alsoInUnitTests`), test/slow/validated.slow.ts and `.ci/run` at the newest CDK in all.
 */
export function synthAndValidate(app: Stage, { alsoInUnitTests = false } = {}): { readonly assembly: CloudAssembly; readonly findings: string[] } {
  if (!alsoInUnitTests && process.env.EVERY_TEMPLATE !== '1') { return { assembly: app.synth(), findings: [] }; }
  const quiet = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  const before = process.env.CDK_VALIDATION;
  delete process.env.CDK_VALIDATION;
  try {
    const assembly = app.synth();
    const report = join(assembly.directory, 'validation-report.json');
    const { pluginReports = [] } = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : {};
    const findings = pluginReports.flatMap(({ violations }: { violations: any[] }) => violations
      .flatMap(({ ruleName, description, violatingConstructs }) => violatingConstructs.map(({ constructPath }: any) => `${constructPath}: ${ruleName} ${description}`)));
    return { assembly, findings };
  } finally {
    quiet.mockRestore();
    process.env.CDK_VALIDATION = before;
  }
}
