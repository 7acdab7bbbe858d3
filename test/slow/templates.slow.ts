import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, AppProps, CfnResource } from 'aws-cdk-lib';
import { multiRegionApp } from '../../examples/multi-region/app';
import { ordersApp } from '../../examples/orders/app';
import { CONSTRUCTS } from '../support/constructs';
import { pythonEnvironment } from '../support/emulator';
import { ENV, stack } from '../support/stack';

/** The CDK writes DependsOn beside the references that say the same: https://github.com/aws-cloudformation/cfn-lint/blob/main/docs/rules.md#W3005 */
const SAID_BY_THE_CDK = 'W3005';

const APPS: Record<string, (props: AppProps) => App> = {
  'examples/orders': ordersApp,
  'examples/multi-region': multiRegionApp,
  ...Object.fromEntries(Object.entries(CONSTRUCTS).map(([name, make]) => [name, (props: AppProps) => {
    const app = new App(props);
    make(stack(ENV, 'Stack', app));
    return app;
  }])),
};

/** Of all templates of an app, each for its own Region. */
function cfnLint(make: (props: AppProps) => App): string[] {
  const { stacks } = make({ outdir: mkdtempSync(join(tmpdir(), 'lint-')) }).synth();
  return stacks.flatMap(({ templateFullPath, environment }) => {
    const region = environment.region === 'unknown-region' ? ENV.region! : environment.region;
    const { stdout, stderr } = spawnSync(join(pythonEnvironment(), 'bin/cfn-lint'), [
      '--regions', region, '--ignore-checks', SAID_BY_THE_CDK, '--format', 'parseable', '--', templateFullPath,
    ], { encoding: 'utf8' });
    return (stdout + stderr).split('\n').filter(Boolean);
  });
}

beforeAll(() => void pythonEnvironment(), 300_000);

test.each(Object.entries(APPS))('cfn-lint has nothing to say of the templates of %s', (_, make) => {
  expect(cfnLint(make)).toEqual([]);
}, 60_000);

test('cfn-lint is a judge: it refuses a rotation period of 30 days', () => {
  const findings = cfnLint((props) => {
    const app = new App(props);
    CONSTRUCTS.EncryptionKey(stack(ENV, 'Stack', app));
    (app.node.findChild('Stack').node.findChild('It').node.defaultChild as CfnResource).addPropertyOverride('RotationPeriodInDays', 30);
    return app;
  });
  expect(findings).toEqual([expect.stringMatching(/E3034.*30 is less than the minimum of 90/)]);
}, 60_000);
