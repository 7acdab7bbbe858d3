import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ordersApp } from './app';
import { EncryptionChecks } from '../../src';
import { inventory } from '../../src/checks/inventory';
import { Template } from '../../src/checks/model/template';
import { inventoryTable } from '../../src/cli/table';

/** Synthesizes the example and prints what a person wants to see: what is protected, under which key, and the verdict. */
const app = ordersApp({ outdir: 'cdk.out/orders', context: { 'aws:cdk:enable-path-metadata': true } });
const assembly = app.synth();
const colour = process.stdout.isTTY === true && !process.env.NO_COLOR;

for (const stack of assembly.stacks) {
  const rows = inventory(new Template(JSON.parse(readFileSync(stack.templateFullPath, 'utf8'))));
  console.log(`\n${stack.stackName}\n${inventoryTable(rows, colour)}`);
}

console.log('\nCHECKS');
for (const pack of [new EncryptionChecks(), new AwsSolutionsChecks()]) {
  const { violations } = pack.validateScope(app);
  const findings = violations.flatMap(({ ruleName, violatingResources }) =>
    violatingResources.map(({ constructPath }) => `  ${ruleName}\n    ${constructPath}`));
  console.log(`${pack.readPackName.padEnd(28)}${findings.length === 0 ? 'no findings' : `${findings.length} findings`}`);
  if (findings.length > 0) { console.log(findings.join('\n')); }
}

console.log('\nTEMPLATES');
for (const stack of assembly.stacks) {
  console.log(relative(process.cwd(), stack.templateFullPath));
}
