import { ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CloudFormationClient, DescribeStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { ROOT, run } from './shell';
import { ENV } from './stack';

const EMULATOR = join(ROOT, 'test/slow/deploy/emulator');

/** The Python environment with moto and cfn-lint, at the versions of requirements.txt; made once for each version of that file. */
export function pythonEnvironment(): string {
  const requirements = join(EMULATOR, 'requirements.txt');
  const folder = join(ROOT, '.tmp', `emulator-${createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12)}`);
  if (!existsSync(join(folder, 'complete'))) {
    rmSync(folder, { recursive: true, force: true });
    run(ROOT, 'python3', '-m', 'venv', folder);
    run(ROOT, join(folder, 'bin/pip'), 'install', '--quiet', '--requirement', requirements);
    run(ROOT, 'touch', join(folder, 'complete'));
  }
  return folder;
}

export interface Deployment {
  readonly succeeded: boolean;
  /** What `cdk deploy` printed. */
  readonly output: string;
  /** Names of the stacks that were deployed, in the order in which they were done. */
  readonly stacks: string[];
}

/** AWS as far as moto and our CloudFormation emulate it, on a free port of 127.0.0.1. */
export class Emulator {
  public static async start(): Promise<Emulator> {
    const server = spawn(join(pythonEnvironment(), 'bin/python'), [join(EMULATOR, 'server.py'), ENV.account!], {
      stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
    });
    let errors = '';
    server.stderr.on('data', (data) => { errors += data; });
    const port = await new Promise<string>((resolve, reject) => {
      server.stdout.once('data', (data) => resolve(String(data).trim()));
      server.once('exit', () => reject(new Error(`the emulator did not start: ${errors}`)));
    });
    return new Emulator(server, `http://127.0.0.1:${port}`);
  }

  private constructor(private readonly server: ChildProcess, public readonly endpoint: string) {}

  /** What clients of AWS read; no credentials and no settings of the machine. */
  public get environment(): Record<string, string> {
    return {
      AWS_ENDPOINT_URL: this.endpoint,
      AWS_ENDPOINT_URL_S3: this.endpoint,
      AWS_ACCESS_KEY_ID: 'emulated',
      AWS_SECRET_ACCESS_KEY: 'emulated',
      AWS_REGION: ENV.region!,
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    };
  }

  /** How a client of the AWS SDK is made for a Region. */
  public client(region = ENV.region!) {
    return { region, endpoint: this.endpoint, credentials: { accessKeyId: 'emulated', secretAccessKey: 'emulated' } };
  }

  /** The physical id of the only resource of a stack whose logical id is like this. */
  public async physicalId(stack: string, logicalId: RegExp, region?: string): Promise<string> {
    const client = new CloudFormationClient(this.client(region));
    const { StackResources: resources = [] } = await client.send(new DescribeStackResourcesCommand({ StackName: stack }));
    const found = resources.filter(({ LogicalResourceId }) => logicalId.test(LogicalResourceId!));
    if (found.length !== 1) { throw new Error(`${found.length} resources of ${stack} have a logical id like ${logicalId}`); }
    return found[0].PhysicalResourceId!;
  }

  /** `cdk deploy` of a synthesized assembly, of all stacks or those named. */
  public deploy(assembly: string, ...stacks: string[]): Deployment {
    return this.cdk('deploy', assembly, ['--method', 'direct', '--require-approval', 'never'], stacks);
  }

  /** The same, and throws what `cdk deploy` said last where it did not succeed. */
  public deployed(assembly: string, ...stacks: string[]): Deployment {
    const deployment = this.deploy(assembly, ...stacks);
    if (!deployment.succeeded) { throw new Error(deployment.output.slice(deployment.output.lastIndexOf('❌'))); }
    return deployment;
  }

  /** `cdk destroy` of the stacks named, and of nothing else. */
  public destroy(assembly: string, ...stacks: string[]): Deployment {
    return this.cdk('destroy', assembly, ['--force', '--exclusively'], stacks);
  }

  public stop(): void {
    this.server.stdin!.end();
    this.server.kill();
  }

  private cdk(command: 'deploy' | 'destroy', assembly: string, options: string[], stacks: string[]): Deployment {
    const { status, stdout, stderr } = spawnSync(join(ROOT, 'node_modules/.bin/cdk'), [
      command, ...(stacks.length === 0 ? ['--all'] : stacks), '--app', assembly, ...options, '--no-notices', '--no-color', '--no-version-reporting', '--output', assembly,
    ], { cwd: assembly, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, env: { ...process.env, ...this.environment } });
    const output = stdout + stderr;
    return { succeeded: status === 0, output, stacks: [...output.matchAll(/✅ {2}(\S+)/g)].map(([, name]) => name) };
  }
}
