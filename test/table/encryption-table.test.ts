import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildTable, propertiesIn, tableSource, unclassified } from '../../scripts/encryption-table/build';
import { Candidate, candidates, looksLike, propertiesOf, resources, SpecProperty } from '../../scripts/encryption-table/harvest';
import { overlay } from '../../scripts/encryption-table/overlay';
import { ENCRYPTION_TABLE } from '../../src/table/encryption-table';
import { KEY_POLICIES, kmsCallerOf } from '../../src/table/key-policies';
import { stepsOf } from '../../src/table/places';

const FOUND = candidates();
const SPECIFIED = new Map(resources().map((resource) => [resource.cloudFormationType, propertiesOf(resource)]));
const OVERLAY = [...overlay()];
const AT_REST = Object.entries(ENCRYPTION_TABLE).flatMap(([type, { atRest = [] }]) => atRest.map((row) => ({ type, ...row })));

const plain = (path: string) => path.replace(/\[[^\]]*\]/g, '').replace(/\{\}/g, '');

test('the table is what the specification and the overlay come to: run `npx projen encryption-table`', () => {
  expect(readFileSync(join(__dirname, '../../src/table/encryption-table.ts'), 'utf8')).toBe(tableSource());
  expect(JSON.parse(JSON.stringify(buildTable()))).toEqual(JSON.parse(JSON.stringify(ENCRYPTION_TABLE)));
});

test('every property of the specification that looks like encryption is classified: `npx projen encryption-table` says which is not', () => {
  expect(unclassified(FOUND).map(({ type, path }) => `${type} ${path}`)).toEqual([]);
});

/** A property as a newer specification may have it. */
const property = (given: Partial<SpecProperty>): SpecProperty => ({
  type: 'AWS::Quantum::Computer', path: 'Qubits', kind: 'string', required: false, replaces: 'no', documentation: '', refersToKey: false, ...given,
});

test.each([
  ['key', property({ path: 'Storage.KmsKeyId' })],
  ['key', property({ path: 'CustomerManagedKey' })],
  ['key', property({ path: 'Secret', refersToKey: true })],
  ['key', property({ path: 'Items[].StorageKey', documentation: 'The ARN of the AWS KMS key that encrypts the item.' })],
  ['flag', property({ path: 'EncryptionAtRest.Enabled', kind: 'boolean' })],
  ['mode', property({ path: 'SSESpecification.SSEType' })],
  ['in transit', property({ path: 'TransitEncryptionEnabled', kind: 'boolean' })],
  ['in transit', property({ path: 'Domain.SecurityPolicy' })],
])('a newer specification with a %s that nobody has classified is found', (looks, found) => {
  expect(looksLike(found)).toBe(looks);
  expect(unclassified([{ ...found, looks } as Candidate])).toEqual([{ ...found, looks }]);
});

test.each([
  property({ path: 'PartitionKey' }), property({ path: 'KeyPairName', documentation: 'A key pair.' }), property({ path: 'AssetId' }), property({ path: 'AccessLevel' }),
  property({ path: 'CertificateArn' }), property({ path: 'KmsRole', documentation: 'The role that uses the KMS key.' }),
])('$path is no encryption', (found) => {
  expect(looksLike(found)).toBeUndefined();
});

/** Properties that the specification has as JSON or as a map: what stands in them is on the service's page only. */
const IN_JSON = /^AWS::(EMR::SecurityConfiguration|DocDB::DBClusterParameterGroup|Neptune::DBClusterParameterGroup|Glue::Connection|Serverless::SimpleTable) /;

test('no row speaks of a property that CloudFormation does not have', () => {
  const missing = OVERLAY.flatMap(([type, row]) => propertiesIn(row).map((path) => [type, path])).filter(([type, path]) => {
    const properties = SPECIFIED.get(type);
    return !properties?.some((each) => plain(each.path) === path) && !IN_JSON.test(`${type} `);
  });
  expect(missing).toEqual([]);
});

test('a value for a customer key is one that the specification allows', () => {
  const values = AT_REST.flatMap(({ set = {}, unencrypted = {}, ...row }) =>
    [...Object.entries(set), ...Object.entries(unencrypted)].map((each) => [row, ...each] as const));
  const wrong = values.flatMap(([{ type, when }, path, value]) => {
    const full = path.startsWith('.') ? `${when}${path}` : path;
    const allowed = SPECIFIED.get(`AWS::${type}`)?.find((each) => plain(each.path) === plain(full))?.values;
    return [value].flat().filter((each) => allowed && !allowed.includes(String(each))).map((each) => `${type} ${full}: ${each}`);
  });
  expect(wrong).toEqual([]);
});

test('a row replaces what the specification says that it replaces; where it does not, somebody has said why', () => {
  const differing = OVERLAY.flatMap(([type, { atRest = [], inTransit = [] }]) =>
    [...atRest, ...inTransit].filter(({ replaces }) => replaces !== undefined).map(({ replaces }) => `${type} ${replaces}`));
  expect([...new Set(differing)].sort()).toEqual([
    'AWS::EC2::Volume refused', 'AWS::OpenSearchService::Domain maybe', 'AWS::RDS::DBCluster no', 'AWS::RDS::DBInstance no', 'AWS::Serverless::Function no', 'AWS::Serverless::SimpleTable no', 'AWS::WorkSpaces::Workspace refused',
  ]);
});

test('every row that replaces its resource, and every row with a flag or a mode, is reviewed', () => {
  const open = AT_REST.filter(({ reviewed, replaces, set, unencrypted }) => !reviewed && (replaces ?? set ?? unencrypted) !== undefined);
  expect(open.map(({ type, key }) => `${type} ${key}`)).toEqual([]);
});

test('a row that was reviewed by another page than the one of its type names a page of AWS', () => {
  const pages = OVERLAY.flatMap(([, { atRest = [] }]) => atRest.flatMap(({ page, reviewed }) => (page ? [[page, reviewed] as const] : [])));
  expect(pages.filter(([page, reviewed]) => !reviewed || !/^https:\/\/docs\.aws\.amazon\.com\/[\w/.-]+\.html(#[\w-]+)?$/.test(page))).toEqual([]);
  expect(pages.length).toBeGreaterThan(25);
});

test('what rows say of key policies is there, with a page of AWS, and none is left over', () => {
  const named = new Set(AT_REST.flatMap(({ keyPolicy }) => keyPolicy ?? []));
  expect([...named].sort()).toEqual(Object.keys(KEY_POLICIES).sort());
  const needs = Object.values(KEY_POLICIES);
  expect(needs.filter(({ see, otherwise }) => !see.startsWith('https://docs.aws.amazon.com/') || otherwise.length < 10)).toEqual([]);
  expect(needs.filter(({ statements, tags }) => statements.length === 0 && tags === undefined)).toEqual([]);
});

test.each([['Kinesis::Stream', 'caller'], ['EFS::FileSystem', 'grant'], ['Pipes::Pipe', 'role'], ['Bedrock::Session', 'caller'], ['Glue::Integration', undefined], ['Deadline::Farm', undefined]])(
  '%s uses a key by %s', (type, by) => { expect(kmsCallerOf(type)).toBe(by); });

test('names of keys that encrypt nothing at rest have a reason', () => {
  const reasons = new Map(OVERLAY.flatMap(([type, { neither = {} }]) => Object.entries(neither).map(([path, why]) => [`${type} ${path}`, why])));
  const keys = FOUND.filter(({ looks, type, path }) => looks === 'key' && reasons.has(`${type} ${path}`));
  expect(keys.length).toBeGreaterThanOrEqual(12);
  expect(reasons.get('AWS::Route53::KeySigningKey KeyManagementServiceArn')).toBe('signs DNS records');
  expect([...reasons.values()].every((why) => why.length > 5)).toBe(true);
});

test.each([
  'ApiGateway::DomainName', 'ApiGatewayV2::DomainName', 'AppSync::DomainName', 'CloudFront::Distribution', 'ElasticLoadBalancing::LoadBalancer', 'ElasticLoadBalancingV2::Listener', 'MSK::Cluster',
  'ElastiCache::ReplicationGroup', 'MemoryDB::Cluster', 'OpenSearchService::Domain', 'Redshift::ClusterParameterGroup', 'DocDB::DBClusterParameterGroup', 'Neptune::DBClusterParameterGroup',
  'DMS::Endpoint', 'EFS::FileSystem', 'FSx::FileSystem', 'KafkaConnect::Connector', 'IoT::DomainConfiguration', 'Transfer::Server', 'AppRunner::Service', 'ECS::TaskDefinition', 'AppMesh::VirtualNode',
  'EMR::SecurityConfiguration', 'Glue::Connection', 'SNS::Topic', 'Kinesis::Stream', 'SecretsManager::Secret', 'Cognito::UserPoolDomain', 'GlobalAccelerator::Listener',
])('%s has what protects its data in transit, or a reason why no property does', (type) => {
  const { inTransit, transit } = ENCRYPTION_TABLE[type];
  expect((inTransit?.length ?? 0) > 0 || (transit?.length ?? 0) > 10).toBe(true);
});

test('the counts that the documentation speaks of', () => {
  expect(new Set(AT_REST.map(({ type }) => type)).size).toBeGreaterThanOrEqual(260);
  expect(AT_REST.filter(({ key }) => key !== undefined).length).toBeGreaterThanOrEqual(320);
  expect(Object.values(ENCRYPTION_TABLE).filter(({ inTransit, transit }) => inTransit ?? transit).length).toBeGreaterThanOrEqual(60);
});

test('a path is read through lists, and through the item that has a name', () => {
  expect(stepsOf('Parameters[ParameterName=require_ssl].ParameterValue')).toEqual([
    { name: 'Parameters', isList: true, selector: ['ParameterName', 'require_ssl'] }, { name: 'ParameterValue', isList: false, selector: undefined },
  ]);
});
