import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { urlSuffixIn, viaService, withoutUrlSuffix } from '../../src/statements/via-service';

/** What AWS's pages say, or that none says it. */
const PARTITIONS: ReadonlyArray<readonly [partition: string, region: string, value: string, documented: boolean]> = [
  ['aws', 'eu-west-1', 's3.eu-west-1.amazonaws.com', true],
  ['aws', 'mx-central-1', 's3.mx-central-1.amazonaws.com', true],
  ['aws-us-gov', 'us-gov-west-1', 's3.us-gov-west-1.amazonaws.com', true],
  ['aws-cn', 'cn-north-1', 's3.cn-north-1.amazonaws.com.cn', false],
  ['aws-eusc', 'eusc-de-east-1', 's3.eusc-de-east-1.amazonaws.eu', false],
  ['aws-iso', 'us-iso-east-1', 's3.us-iso-east-1.c2s.ic.gov', false],
  ['aws-iso-b', 'us-isob-east-1', 's3.us-isob-east-1.sc2s.sgov.gov', false],
  ['aws-iso-e', 'eu-isoe-west-1', 's3.eu-isoe-west-1.cloud.adc-e.uk', false],
  ['aws-iso-f', 'us-isof-south-1', 's3.us-isof-south-1.csp.hci.ic.gov', false],
];

test.each(PARTITIONS)('the value of kms:ViaService in %s (%s) is %s, documented: %s', (partition, region, value, documented) => {
  const found = urlSuffixIn(region)!;
  expect(viaService('s3', { region, urlSuffix: found.suffix })).toBe(value);
  expect(found.documented !== undefined).toBe(documented);
  expect(RegionInfo.get(region).partition).toBe(partition);
});

test('what a template leaves to the deployment (AWS::URLSuffix) is the same, in every Region that the CDK knows', () => {
  const different = RegionInfo.regions.filter(({ name, domainSuffix }) => urlSuffixIn(name)?.suffix !== domainSuffix);
  expect(different.map(({ name }) => name)).toEqual([]);
  expect(viaService('s3', {})).toBe('s3.${AWS::Region}.${AWS::URLSuffix}');
});

test.each(['s3.eu-west-1.amazonaws.com', 's3.cn-north-1.amazonaws.com.cn', 's3.eusc-de-east-1.amazonaws.eu', 's3.eu-west-1.${AWS::URLSuffix}'])(
  '%s is compared without its suffix', (name) => {
    expect(withoutUrlSuffix(name)).toMatch(/^s3\.[a-z]+-[a-z-]+-1$/);
  });

test('no other code makes a value of kms:ViaService', () => {
  const files = (folder: string): string[] => readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? (entry.name === 'rules' ? [] : files(path)) : path.endsWith('.ts') ? [path] : [];
  });
  const makers = files(join(__dirname, '..', '..', 'src')).filter((path) => /ViaService.*`[^`]*\$\{[^`]*\.(amazonaws|\$\{[\w.]*(urlSuffix|URL_SUFFIX))/i.test(readFileSync(path, 'utf8')));
  expect(makers).toEqual([]);
});
