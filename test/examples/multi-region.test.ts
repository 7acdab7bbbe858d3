import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsSolutionsChecks } from 'cdk-nag';
import { multiRegionApp } from '../../examples/multi-region/app';
import { EncryptionChecks } from '../../src';
import { inventory } from '../../src/checks/inventory';
import { link } from '../../src/template/assembly';
import { synthAndValidate } from '../support/cloudformation-validator';
import { controlTower } from '../support/control-tower';

const app = multiRegionApp({ outdir: mkdtempSync(join(tmpdir(), 'multi-region-')), context: { 'aws:cdk:enable-path-metadata': true } });
const { assembly, findings } = synthAndValidate(app);
const templates = assembly.stacks.map(({ templateFullPath }) => templateFullPath);

test('a key, two replicas and three buckets, without a function', () => {
  const types = assembly.stacks.flatMap(({ template }) => Object.values<{ Type: string }>(template.Resources).map(({ Type }) => Type));
  const count = (type: string) => types.filter((other) => other === type).length;
  expect([count('AWS::KMS::Key'), count('AWS::KMS::ReplicaKey'), count('AWS::S3::Bucket')]).toEqual([1, 2, 6]);
  expect(types.filter((type) => /Lambda|Custom/.test(type))).toEqual([]);
});

test('the key comes first, then its replicas, then what they encrypt', () => {
  const order = assembly.stacks.map(({ stackName }) => stackName);
  for (const region of ['eu-west-1', 'ap-southeast-2']) {
    expect(order.indexOf('Keys')).toBeLessThan(order.indexOf(`Keys-replicas-${region}`));
    expect(order.indexOf(`Keys-replicas-${region}`)).toBeLessThan(order.indexOf(`Documents-${region}`));
  }
});

test('the checks and the validators have no findings', () => {
  expect(findings).toEqual([]);
  for (const pack of [new EncryptionChecks(), new AwsSolutionsChecks()]) { expect(pack.validateScope(app).violations).toEqual([]); }
  const { failed } = controlTower(templates, [...[1, 2, 3].map((n) => `CT.KMS.PR.${n}`), ...[1, 5, 8, 11].map((n) => `CT.S3.PR.${n}`)]);
  expect(failed).toEqual({});
});

test('the inventory says in which stack the key of a bucket is', () => {
  const europe = assembly.getStackByName('Documents-eu-west-1');
  const members = assembly.stacks.map(({ stackName, template }) => ({ stackName, json: template }));
  const linked = link(members).get(members.find(({ stackName }) => stackName === europe.stackName)!)!;
  expect(inventory(linked)[0]).toEqual({
    name: 'Documents', kind: 'S3 bucket', key: 'of Keys-replicas-eu-west-1', atRest: 'yes', inTransit: 'yes',
  });
});
