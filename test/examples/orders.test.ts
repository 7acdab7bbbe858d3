import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ordersApp } from '../../examples/orders/app';
import { EncryptionChecks } from '../../src';
import { inventory } from '../../src/checks/inventory';
import { inventoryTable } from '../../src/cli/table';
import { Template } from '../../src/template/template';
import { controlTower } from '../support/control-tower';

const app = ordersApp({ outdir: mkdtempSync(join(tmpdir(), 'orders-')), context: { 'aws:cdk:enable-path-metadata': true } });
const templates = app.synth().stacks.map(({ templateFullPath }) => templateFullPath);

const CONTROLS = [
  ...[1, 2, 3].map((n) => `CT.KMS.PR.${n}`),
  ...[1, 2, 5, 8, 10, 11].map((n) => `CT.S3.PR.${n}`),
  ...[1, 2].map((n) => `CT.SQS.PR.${n}`),
  ...[3, 13, 16, 23, 24, 27, 28, 30].map((n) => `CT.RDS.PR.${n}`),
  ...[1, 2, 3, 4, 5, 6].map((n) => `CT.ELASTICLOADBALANCING.PR.${n}`),
];

test('the example synthesizes without an account, and its validation does not fail the process', () => {
  expect(templates).toHaveLength(2);
  expect(process.exitCode).toBeUndefined();
});

test('both packs have no findings', () => {
  for (const pack of [new EncryptionChecks(), new AwsSolutionsChecks()]) { expect(pack.validateScope(app).violations).toEqual([]); }
});

test('AWS Control Tower\'s controls pass; only the buckets for logs miss those that log delivery rules out', () => {
  const { failed, passed } = controlTower(templates, CONTROLS);
  expect(failed).toEqual({
    'CT.S3.PR.2': [expect.stringMatching(/^SharedAccessLogs/)],
    'CT.S3.PR.10': [expect.stringMatching(/^SharedAccessLogs/)],
  });
  expect(passed).toBeGreaterThan(20);
});

test('the file system and the backups are under the key of the app too', () => {
  const [{ Resources }] = templates.map((path) => JSON.parse(readFileSync(path, 'utf8')));
  const of = (type: string) => Object.values<any>(Resources).filter(({ Type }) => Type === type).map(({ Properties }) => Properties);
  const key = { 'Fn::GetAtt': [expect.stringMatching(/^Key/), 'Arn'] };
  expect(of('AWS::EFS::FileSystem')).toMatchObject([{ Encrypted: true, KmsKeyId: key }]);
  expect(of('AWS::Backup::BackupVault')).toMatchObject([{ EncryptionKeyArn: key }]);
  expect(of('AWS::Backup::BackupSelection')[0].BackupSelection.Resources).toHaveLength(2);
});

test('the inventory shows each protected resource, its key and how it stands, in 80 columns', () => {
  const [data] = templates.map((path) => inventory(new Template(JSON.parse(readFileSync(path, 'utf8')))));
  expect(data).toContainEqual({ name: 'Uploads', kind: 'S3 bucket', key: 'Key', atRest: 'yes', inTransit: 'yes' });
  for (const [name, kind] of [['Trouble', 'SNS topic'], ['Carts', 'table'], ['PaymentPartner', 'secret'], ['FlowLogs', 'log group']]) {
    expect(data).toContainEqual(expect.objectContaining({ name, kind, key: 'Key' }));
  }
  expect(data).toContainEqual({ name: 'Database', kind: 'RDS cluster', key: 'Key', atRest: 'yes', inTransit: 'yes' });
  const lines = inventoryTable(data, false).split('\n');
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(80);
  expect(lines.join('')).not.toMatch(/[^\x20-\x7e]/);
});
