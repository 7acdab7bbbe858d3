import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { median } from './compare';

/** What importing the package costs over aws-cdk-lib alone, in a process of its own each time. `npm run bench` compiles first. */
const RUNS = 15;
const ROOT = join(__dirname, '..');
const CDK = "require('aws-cdk-lib');";
const OURS = `const library = require('${join(ROOT, 'lib')}');`;

function load(script: string): number {
  const timed = `const start = process.hrtime.bigint(); ${script} console.log(Number(process.hrtime.bigint() - start) / 1e6);`;
  return Number(execFileSync(process.execPath, ['-e', timed], { cwd: ROOT, encoding: 'utf8' }));
}

const cases = { 'aws-cdk-lib alone': CDK, 'and this package': CDK + OURS, 'and its EncryptedBucket': `${CDK + OURS} library.EncryptedBucket;` };
const times = Object.values(cases).map(() => [] as number[]);
for (let run = 0; run < RUNS; run++) { Object.values(cases).forEach((script, n) => times[n].push(load(script))); }
const [alone, ours, used] = times.map(median);
console.log('cold import');
console.log(`  aws-cdk-lib alone ${alone.toFixed(0)} ms, and this package ${(ours - alone).toFixed(1)} ms more, and its EncryptedBucket ${(used - alone).toFixed(1)} ms more`);
// A service of aws-cdk-lib is loaded with the construct that extends it, as it is in an app without this package.
const bucket = median(Array.from({ length: RUNS }, () => load(`${CDK} require('aws-cdk-lib/aws-s3').Bucket;`)));
console.log(`  of that, the Bucket of aws-cdk-lib by itself ${(bucket - alone).toFixed(1)} ms`);
