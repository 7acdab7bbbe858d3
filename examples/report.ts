import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { App, AppProps } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { EncryptionChecks } from '../src';
import { inventory } from '../src/checks/inventory';
import { inventoryTable } from '../src/cli/table';
import { link } from '../src/template/assembly';

/** Synthesizes an example and prints what a person wants to see: what is protected, under which key, and the verdict. */
export function report(example: (props: AppProps) => App, folder: string): void {
  const app = example({ outdir: `cdk.out/${folder}`, context: { 'aws:cdk:enable-path-metadata': true } });
  const { stacks } = app.synth();
  const colour = process.stdout.isTTY === true && !process.env.NO_COLOR;

  // Together: a stack may have its key from another one.
  const members = stacks.map(({ stackName, templateFullPath }) => ({ stackName, json: JSON.parse(readFileSync(templateFullPath, 'utf8')) }));
  for (const [{ stackName }, template] of link(members)) {
    const rows = inventory(template);
    console.log(`\n${stackName}\n${inventoryTable(rows, colour)}`);
  }

  console.log('\nCHECKS');
  for (const pack of [new EncryptionChecks(), new AwsSolutionsChecks()]) { reportPack(pack.readPackName, pack, app); }

  console.log('\nTEMPLATES');
  for (const { templateFullPath } of stacks) { console.log(relative(process.cwd(), templateFullPath)); }
}

function reportPack(name: string, pack: EncryptionChecks | AwsSolutionsChecks, app: App): void {
  const findings = pack.validateScope(app).violations.flatMap(({ ruleName, violatingResources }) =>
    violatingResources.map(({ constructPath }) => `  ${ruleName}\n    ${constructPath}`));
  console.log(`${name.padEnd(28)}${findings.length === 0 ? 'no findings' : `${findings.length} findings`}`);
  if (findings.length > 0) { console.log(findings.join('\n')); }
}
