import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { IntegTest } from '@aws-cdk/integ-tests-alpha';
import { App, Stack } from 'aws-cdk-lib';
import { CONSTRUCTS } from '../support/constructs';
import { ENV } from '../support/stack';

/** What integ-runner 2.197.10, the newest, reads. The CDK writes 54 from our floor on, of which these apps use nothing that is new. */
const READABLE_SCHEMA = '53.0.0';

/** The app that integ-runner synthesizes and compares with its snapshot: one construct in one stack. */
export function integ(construct: keyof typeof CONSTRUCTS): void {
  const app = new App({ treeMetadata: false, analyticsReporting: false });
  const stack = new Stack(app, 'Stack', { env: ENV });
  CONSTRUCTS[construct](stack);
  new IntegTest(app, 'Integ', { testCases: [stack] });
  const { directory } = app.synth();

  rmSync(join(directory, 'validation-report.json'), { force: true });
  for (const file of readdirSync(directory)) {
    if (file === 'manifest.json') { rewrite(join(directory, file), withoutFeatureFlagReport); }
    if (/^(manifest|integ)\.json$|\.assets\.json$/.test(file)) { rewrite(join(directory, file), (json) => ({ ...json, version: READABLE_SCHEMA })); }
    if (file.endsWith('.metadata.json')) { rewrite(join(directory, file), withoutStackTraces); }
  }
}

function rewrite(file: string, change: (json: Record<string, unknown>) => unknown): void {
  writeFileSync(file, JSON.stringify(change(JSON.parse(readFileSync(file, 'utf8'))), undefined, 2));
}

/** 20 KB on the flags of aws-cdk-lib, the same for each construct, which integ-runner does not compare. */
function withoutFeatureFlagReport(manifest: Record<string, unknown>): unknown {
  const artifacts = Object.entries(manifest.artifacts as Record<string, { type: string }>).filter(([, { type }]) => type !== 'cdk:feature-flag-report');
  return { ...manifest, artifacts: Object.fromEntries(artifacts) };
}

/** They name the folders of the machine. */
function withoutStackTraces(metadata: Record<string, unknown>): unknown {
  return Object.fromEntries(Object.entries(metadata).map(([path, entries]) => [path, (entries as Array<{ type: string; trace?: unknown }>)
    .filter(({ type }) => type !== 'aws:cdk:creationStack')
    .map(({ trace, ...entry }) => entry)]));
}
