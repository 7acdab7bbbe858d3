import { App, Stack, Stage, Validations } from 'aws-cdk-lib';
import * as codecommit from 'aws-cdk-lib/aws-codecommit';
import * as iam from 'aws-cdk-lib/aws-iam';
import { CodePipeline, CodePipelineProps, CodePipelineSource, ShellStep } from 'aws-cdk-lib/pipelines';
import { EncryptionDefaults } from '../../src';
import { folderWith, runIn } from '../support/command-line';

/** A pipeline that deploys to another account and, if asked, another Region; the errors that the command finds in what the CDK made for it. */
function errorsOf(props: Partial<CodePipelineProps>, { region = 'eu-west-1', defaults = false, acknowledge = false } = {}): string[] {
  const folder = folderWith({});
  const app = new App({ outdir: `${folder}/cdk.out` });
  if (defaults) { EncryptionDefaults.of(app).apply(); }
  const stack = new Stack(app, 'Delivery', { env: { account: '111122223333', region: 'eu-west-1' } });
  const input = CodePipelineSource.codeCommit(codecommit.Repository.fromRepositoryName(stack, 'Source', 'orders'), 'main');
  const pipeline = new CodePipeline(stack, 'Pipeline', { synth: new ShellStep('Synth', { input, commands: ['npx cdk synth'] }), ...props });
  const stage = new Stage(app, 'Prod', { env: { account: props.crossAccountKeys ? '444455556666' : '111122223333', region } });
  new iam.CfnGroup(new Stack(stage, 'Orders'), 'Group');
  pipeline.addStage(stage);
  if (acknowledge) {
    pipeline.buildPipeline();
    Validations.of(pipeline.pipeline.role).acknowledge({
      id: 'Encryption-IamDecryptNamedKeysOnly',
      reason: 'CDK Pipelines writes the keys of replication buckets in other Regions as *.',
    });
  }
  app.synth();
  const { findings, notes } = JSON.parse(runIn(folder, ['check', '--format', 'json']).out);
  expect(notes).toEqual([]);
  return findings.filter(({ level }: { level: string }) => level === 'error').map(({ rule, path }: { rule: string; path: string }) => `${rule} ${path.split('/').pop()}`);
}

describe('what CDK Pipelines makes, as the page says:', () => {
  test('without a key of its own the artifact bucket is a finding', () => {
    expect(errorsOf({})).toEqual(['Encryption-S3BucketCustomerKey ArtifactsBucket']);
  });

  test('with crossAccountKeys the artifact key does not rotate, until enableKeyRotation is set', () => {
    expect(errorsOf({ crossAccountKeys: true })).toEqual(['Encryption-KmsKeyRotation ArtifactsBucketEncryptionKey']);
    expect(errorsOf({ crossAccountKeys: true, enableKeyRotation: true })).toEqual([]);
  });

  test('with EncryptionDefaults both keys rotate, and the acknowledgement covers the role of a pipeline into another Region', () => {
    const elsewhere = { region: 'us-east-1', defaults: true };
    expect(errorsOf({ crossAccountKeys: true }, elsewhere)).toEqual(['Encryption-IamDecryptNamedKeysOnly DefaultPolicy']);
    expect(errorsOf({ crossAccountKeys: true }, { ...elsewhere, acknowledge: true })).toEqual([]);
  });
});
