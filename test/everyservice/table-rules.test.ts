import { judge } from '../../src/checks/judge';
import { RULES, rulesByType } from '../../src/checks/rule-table';
import { parseYaml } from '../../src/cli/parse-yaml';
import { ruleName } from '../../src/everyservice/rule-name';
import { ENCRYPTION_TABLE } from '../../src/table/encryption-table';
import { link, Member } from '../../src/template/assembly';
import { Template } from '../../src/template/template';
import type { Json } from '../../src/template/values';

const byType = rulesByType(RULES);

interface Surrounding {
  readonly more?: string;
  readonly region?: string;
}

/** What the rules say of a resource of a type: the ids of those that do not pass, without their prefix. */
function judged(type: string, properties: string, { more = '', region }: Surrounding = {}, rules = byType(type)): string[] {
  const member: Member = { region, json: parseYaml(`Resources:\n  It:\n    Type: ${type}\n    Properties: ${properties}\n${more}`, 'test').json as Json };
  const resource = link([member]).get(member)!.resource('It')!;
  return rules.flatMap((rule) => {
    const verdict = judge(rule, resource);
    const id = rule.id.replace('Encryption-', '');
    return verdict.kind === 'fail' ? [id] : verdict.kind === 'undetermined' ? [`${id}?`] : [];
  });
}

/** The same of the rules that the table makes. */
const found = (type: string, properties: string, surrounding?: Surrounding) =>
  judged(type, properties, surrounding, byType(type).filter(({ isGenerated, id }) => isGenerated || id === 'Encryption-ResourceKeyUsable'));

const KEY = '  Key: {Type: AWS::KMS::Key}\n';
const UNDER_KEY = '!GetAtt Key.Arn';

test.each([
  ['DynamoDB::GlobalTable', 'DynamoDbGlobalTable'], ['SNS::Topic', 'SnsTopic'], ['EFS::FileSystem', 'EfsFileSystem'], ['EC2::Volume', 'Ec2Volume'], ['FSx::FileSystem', 'FSxFileSystem'],
  ['RDS::DBCluster', 'RdsDbCluster'], ['IoTSiteWise::Workspace', 'IoTSiteWiseWorkspace'], ['EMRServerless::Application', 'EmrServerlessApplication'], ['OpenSearchService::Domain', 'OpenSearchServiceDomain'],
])('the rules of %s are named %s', (type, name) => {
  expect(ruleName(type)).toBe(name);
});

test('every type of the table has a rule, but for those that nothing in a template decides', () => {
  const without = Object.entries(ENCRYPTION_TABLE).filter(([type]) => byType(`AWS::${type}`).length === 0);
  expect(without.filter(([, row]) => row.atRest ?? row.inTransit)).toEqual([]);
});

test('the rules that a service\'s folder has in place of the table\'s exist', () => {
  const ids = RULES.map(({ id }) => id);
  const named = Object.values(ENCRYPTION_TABLE).flatMap(({ rules = {} }) => Object.values(rules));
  expect(named.filter((id) => !ids.includes(id))).toEqual([]);
});

describe('at rest', () => {
  test.each([
    ['a table under AWS\'s own key', 'AWS::DynamoDB::Table', '{}', ['DynamoDbTableCustomerKey']],
    ['a table under the key that AWS manages', 'AWS::DynamoDB::Table', '{SSESpecification: {SSEEnabled: true}}', ['DynamoDbTableCustomerKey']],
    ['a table whose key is not used', 'AWS::DynamoDB::Table', `{SSESpecification: {SSEEnabled: false, KMSMasterKeyId: ${UNDER_KEY}}}`, ['DynamoDbTableCustomerKey']],
    ['a replica without a key', 'AWS::DynamoDB::GlobalTable',
      `{SSESpecification: {SSEEnabled: true}, Replicas: [{Region: a, SSESpecification: {KMSMasterKeyId: ${UNDER_KEY}}}, {Region: b}]}`, ['DynamoDbGlobalTableCustomerKey']],
    ['a file system that is not encrypted', 'AWS::EFS::FileSystem', '{}', ['EfsFileSystemCustomerKey', 'EfsFileSystemEncrypted']],
    ['a stream that is not encrypted', 'AWS::Kinesis::Stream', '{}', ['KinesisStreamCustomerKey', 'KinesisStreamEncrypted']],
    ['a state machine that names a key and uses AWS\'s own', 'AWS::StepFunctions::StateMachine', `{EncryptionConfiguration: {Type: AWS_OWNED_KEY, KmsKeyId: ${UNDER_KEY}}}`,
      ['StepFunctionsStateMachineCustomerKey']],
    ['a volume as the account says', 'AWS::EC2::Volume', '{Size: 1}', ['Ec2VolumeCustomerKey?', 'Ec2VolumeEncrypted?']],
    ['a volume that turns encryption off', 'AWS::EC2::Volume', '{Encrypted: false}', ['Ec2VolumeCustomerKey?', 'Ec2VolumeEncrypted']],
    ['a cluster as its snapshot', 'AWS::DocDB::DBCluster', '{SnapshotIdentifier: monday}', ['DocDbDbClusterCustomerKey?', 'DocDbDbClusterEncrypted?']],
    ['environment variables under the key that AWS manages', 'AWS::Lambda::Function', '{Environment: {Variables: {A: b}}}', ['LambdaFunctionCustomerKey']],
    ['a build that turns encryption off', 'AWS::CodeBuild::Project', `{EncryptionKey: ${UNDER_KEY}, Artifacts: {Type: S3, EncryptionDisabled: true}}`, ['CodeBuildProjectEncrypted']],
    ['a catalog without a password key', 'AWS::Glue::DataCatalogEncryptionSettings',
      `{DataCatalogEncryptionSettings: {EncryptionAtRest: {CatalogEncryptionMode: SSE-KMS, SseAwsKmsKeyId: ${UNDER_KEY}}}}`,
      ['GlueDataCatalogEncryptionSettingsCustomerKey', 'GlueDataCatalogEncryptionSettingsEncrypted']],
    ['secrets of a cluster under AWS\'s own key', 'AWS::EKS::Cluster', '{}', ['EksClusterCustomerKey']],
    ['a Redis cache, which is not encrypted unless it says so', 'AWS::ElastiCache::ReplicationGroup', '{Engine: redis, TransitEncryptionEnabled: true}',
      ['ElastiCacheReplicationGroupCustomerKey', 'ElastiCacheReplicationGroupEncrypted']],
    ['a Valkey cache under the service\'s keys', 'AWS::ElastiCache::ReplicationGroup', '{Engine: valkey, TransitEncryptionEnabled: true}', ['ElastiCacheReplicationGroupCustomerKey']],
    ['a Valkey cache that turns encryption off', 'AWS::ElastiCache::ReplicationGroup', '{Engine: valkey, AtRestEncryptionEnabled: false, TransitEncryptionEnabled: true}',
      ['ElastiCacheReplicationGroupCustomerKey', 'ElastiCacheReplicationGroupEncrypted']],
    ['incidents in a Region without a configuration', 'AWS::SSMIncidents::ReplicationSet', '{Regions: [{RegionName: eu-west-1}]}', ['SsmIncidentsReplicationSetCustomerKey']],
  ])('%s is found', (_, type, properties, rules) => {
    expect(found(type, properties, { more: KEY })).toEqual(rules);
  });

  test.each([
    ['a table under a key', 'AWS::DynamoDB::Table', `{SSESpecification: {SSEEnabled: true, SSEType: KMS, KMSMasterKeyId: ${UNDER_KEY}}}`],
    ['a function without environment variables', 'AWS::Lambda::Function', '{Code: {ZipFile: x}}'],
    ['a file system under a key', 'AWS::EFS::FileSystem', `{Encrypted: 'true', KmsKeyId: ${UNDER_KEY}}`],
    ['a delivery stream that reads from a stream', 'AWS::KinesisFirehose::DeliveryStream', '{DeliveryStreamType: KinesisStreamAsSource}'],
    ['a delivery whose bucket says how it encrypts', 'AWS::KinesisFirehose::DeliveryStream',
      `{DeliveryStreamEncryptionConfigurationInput: {KeyType: CUSTOMER_MANAGED_CMK, KeyARN: ${UNDER_KEY}}, ExtendedS3DestinationConfiguration: {BucketARN: x}}`],
    ['a cluster under a key', 'AWS::EKS::Cluster', `{EncryptionConfig: [{Resources: [secrets], Provider: {KeyArn: ${UNDER_KEY}}}]}`],
    ['a Valkey cache under a key', 'AWS::ElastiCache::ReplicationGroup', `{Engine: valkey, KmsKeyId: ${UNDER_KEY}, TransitEncryptionEnabled: true}`],
    ['a configuration that is kept in a bucket', 'AWS::AppConfig::ConfigurationProfile', '{LocationUri: "s3://bucket/key"}'],
    ['an artifact store under a key', 'AWS::CodePipeline::Pipeline', `{ArtifactStore: {Type: S3, Location: b, EncryptionKey: {Id: ${UNDER_KEY}, Type: KMS}}}`],
  ])('%s is right', (_, type, properties) => {
    expect(found(type, properties, { more: KEY })).toEqual([]);
  });

  test.each([
    ['a disabled key', '  Key: {Type: AWS::KMS::Key, Properties: {Enabled: false}}\n'],
    ['a key that makes codes', '  Key: {Type: AWS::KMS::Key, Properties: {KeySpec: HMAC_256, KeyUsage: GENERATE_VERIFY_MAC}}\n'],
    ['a key that is not there', ''],
  ])('%s is found', (_, more) => {
    expect(found('AWS::SNS::Topic', `{KmsMasterKeyId: ${UNDER_KEY}}`, { more })).toContain('ResourceKeyUsable');
  });

  test('a key of another Region is found, where both Regions are known', () => {
    const elsewhere = '{KmsKeyId: "arn:aws:kms:eu-west-1:111122223333:key/1"}';
    expect(found('AWS::EFS::FileSystem', elsewhere, { region: 'eu-central-1' })).toContain('ResourceKeyUsable');
    expect(found('AWS::EFS::FileSystem', elsewhere, { region: 'eu-west-1' })).not.toContain('ResourceKeyUsable');
    expect(found('AWS::EFS::FileSystem', elsewhere)).not.toContain('ResourceKeyUsable');
  });

  test.each([
    ['AWS::SNS::Topic', 'KmsMasterKeyId: KEY'], ['AWS::SQS::Queue', 'KmsMasterKeyId: KEY'], ['AWS::RDS::DBCluster', 'StorageEncrypted: true, KmsKeyId: KEY'],
    ['AWS::S3::Bucket', 'BucketEncryption: {ServerSideEncryptionConfiguration: [{ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms, KMSMasterKeyID: KEY}}]}'],
    ['AWS::Backup::BackupVault', 'EncryptionKeyArn: KEY'], ['AWS::SecretsManager::Secret', 'KmsKeyId: KEY'],
    ['AWS::EFS::FileSystem', 'Encrypted: true, KmsKeyId: KEY'],
  ])('a key of another Region is found once: %s', (type, properties) => {
    const text = `{${properties.replace('KEY', '"arn:aws:kms:eu-west-1:111122223333:key/mrk-1"')}}`;
    const replica = '  Here: {Type: AWS::KMS::ReplicaKey, Properties: {PrimaryKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/mrk-1", KeyPolicy: {}}}\n';
    const ofPlace = (more: string) => judged(type, text, { more, region: 'eu-central-1' }).filter((id) => /KeyUsable|KeyInSame/.test(id));
    expect(ofPlace('')).toHaveLength(1);
    expect(ofPlace(replica)).toEqual(ofPlace(''));
  });

  test('what else is wrong with a key of another Region is found beside it', () => {
    const keys: Member = {
      stackName: 'Keys',
      region: 'eu-west-1',
      json: parseYaml('Resources:\n  Key: {Type: AWS::KMS::Key, Properties: {Enabled: false}}\nOutputs:\n  Arn: {Value: !GetAtt Key.Arn, Export: {Name: key}}\n', 'keys').json as Json,
    };
    const topics: Member = {
      region: 'eu-central-1', json: parseYaml('Resources:\n  It: {Type: AWS::SNS::Topic, Properties: {KmsMasterKeyId: !ImportValue key}}\n', 'topics').json as Json,
    };
    const topic = link([keys, topics]).get(topics)!.resource('It')!;
    expect(byType(topic.type).filter(({ id }) => /KeyUsable|KeyInSameRegion/.test(id)).map((rule) => judge(rule, topic))).toEqual([
      { kind: 'fail', detail: 'Key is disabled' }, { kind: 'fail', detail: 'KmsMasterKeyId names a key in eu-west-1, and the stack is in eu-central-1' },
    ]);
  });

  test('the key of a copy is in the Region of the copy', () => {
    const replica = '{KmsKeyId: "arn:aws:kms:eu-west-1:111122223333:key/1", ReplicaRegions: [{Region: eu-central-1, KmsKeyId: "arn:aws:kms:eu-central-1:111122223333:key/1"}]}';
    expect(found('AWS::SecretsManager::Secret', replica, { region: 'eu-west-1' })).toEqual([]);
  });
});

test.each([
  ['a file system that turns it on', 'AWS::EFS::FileSystem', '{Encrypted: true}', 'KmsKeyId is not set: a key of AWS encrypts it'],
  ['a file system that says nothing', 'AWS::EFS::FileSystem', '{}', 'KmsKeyId is not set: it is not encrypted'],
  ['a table under the key that AWS manages', 'AWS::DynamoDB::Table', '{SSESpecification: {SSEEnabled: true}}', 'SSESpecification.KMSMasterKeyId is not set: a key of AWS encrypts it'],
  ['a table that turns KMS off', 'AWS::DynamoDB::Table', '{SSESpecification: {SSEEnabled: false}}', 'SSESpecification.KMSMasterKeyId is not set: a key that AWS owns encrypts it'],
  ['a cluster that turns it off', 'AWS::Redshift::Cluster', '{Encrypted: false}', 'KmsKeyId is not set: it is not encrypted'],
  ['a file system whose switch only the deployment knows', 'AWS::EFS::FileSystem', '{Encrypted: "{{resolve:ssm:/on}}"}', 'KmsKeyId is not set: another key than yours encrypts it, or none'],
])('which key encrypts %s is said', (_, type, properties, detail) => {
  const resource = new Template(parseYaml(`Resources:\n  It:\n    Type: ${type}\n    Properties: ${properties}\n`, 'test').json as Json).resource('It')!;
  const rule = byType(type).find(({ id }) => id.endsWith('CustomerKey'))!;
  expect(judge(rule, resource)).toEqual({ kind: 'fail', detail });
});

test.each([
  ['with output', '{Artifacts: {Type: S3}}', true], ['of a pipeline', '{Artifacts: {Type: CODEPIPELINE}}', true], ['with a cache', '{Artifacts: {Type: NO_ARTIFACTS}, Cache: {Type: S3}}', true],
  ['without either', '{Artifacts: {Type: NO_ARTIFACTS}}', false],
])('a build %s is asked for a key: %#', (_, properties, asked) => {
  expect(found('AWS::CodeBuild::Project', properties).includes('CodeBuildProjectCustomerKey')).toBe(asked);
});

describe('in transit', () => {
  test.each([
    ['a cluster that lets clients in without TLS', 'AWS::MSK::Cluster', '{EncryptionInfo: {EncryptionInTransit: {ClientBroker: TLS_PLAINTEXT}}}', 'MskClusterInTransit'],
    ['a distribution that serves plain HTTP', 'AWS::CloudFront::Distribution', '{DistributionConfig: {DefaultCacheBehavior: {ViewerProtocolPolicy: allow-all}}}', 'CloudFrontDistributionInTransit'],
    ['an origin over old TLS', 'AWS::CloudFront::Distribution', '{DistributionConfig: {DefaultCacheBehavior: {ViewerProtocolPolicy: https-only}, '
      + 'Origins: [{CustomOriginConfig: {OriginProtocolPolicy: https-only, OriginSSLProtocols: [TLSv1, TLSv1.2]}}]}}', 'CloudFrontDistributionInTransit'],
    ['a domain of an old TLS version', 'AWS::ApiGateway::DomainName', '{SecurityPolicy: TLS_1_0}', 'ApiGatewayDomainNameInTransit'],
    ['a parameter group without SSL', 'AWS::Redshift::ClusterParameterGroup', '{Parameters: [{ParameterName: x, ParameterValue: y}, {ParameterName: require_ssl, ParameterValue: "false"}]}',
      'RedshiftClusterParameterGroupInTransit'],
    ['a parameter group that turns TLS off', 'AWS::DocDB::DBClusterParameterGroup', '{Parameters: {tls: disabled}}', 'DocDbDbClusterParameterGroupInTransit'],
    ['a volume of a task in clear', 'AWS::ECS::TaskDefinition', '{Volumes: [{EFSVolumeConfiguration: {FilesystemId: f}}]}', 'EcsTaskDefinitionInTransit'],
    ['a server that speaks FTP', 'AWS::Transfer::Server', '{Protocols: [SFTP, FTP]}', 'TransferServerInTransit'],
    ['a listener in clear', 'AWS::ElasticLoadBalancing::LoadBalancer', '{Listeners: [{Protocol: HTTPS}, {Protocol: HTTP}]}', 'ElasticLoadBalancingLoadBalancerInTransit'],
    ['a security configuration of EMR', 'AWS::EMR::SecurityConfiguration',
      '{SecurityConfiguration: {EncryptionConfiguration: {EnableInTransitEncryption: false, EnableAtRestEncryption: true}}}', 'EmrSecurityConfigurationInTransit'],
  ])('%s is found', (_, type, properties, rule) => {
    expect(found(type, properties)).toContain(rule);
  });

  test.each([
    ['a cluster that says nothing: TLS only', 'AWS::MSK::Cluster', '{}', 'MskClusterInTransit'],
    ['a parameter group that says nothing: TLS is on', 'AWS::DocDB::DBClusterParameterGroup', '{Parameters: {}}', 'DocDbDbClusterParameterGroupInTransit'],
    ['an endpoint for files', 'AWS::DMS::Endpoint', '{EngineName: s3}', 'DmsEndpointInTransit'],
    ['a security configuration of EMR, as JSON in a text', 'AWS::EMR::SecurityConfiguration',
      '{SecurityConfiguration: \'{"EncryptionConfiguration": {"EnableInTransitEncryption": true}}\'}', 'EmrSecurityConfigurationInTransit'],
    ['a listener over TLS', 'AWS::ElasticLoadBalancing::LoadBalancer', '{Listeners: [{Protocol: HTTPS}, {Protocol: SSL}]}', 'ElasticLoadBalancingLoadBalancerInTransit'],
  ])('%s is right', (_, type, properties, rule) => {
    expect(found(type, properties)).not.toContain(rule);
  });
});

test('a template without a type costs nothing: no rule looks at it', () => {
  expect(byType('AWS::CloudFormation::WaitConditionHandle')).toEqual([]);
});
