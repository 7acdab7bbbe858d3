import { Aws, CfnCondition, CfnResource, Fn, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import { EncryptionAtRest, EncryptionKey } from '../../src';
import { ENV, stack } from '../support/stack';

const scope = stack();
const key = new EncryptionKey(scope, 'Key');
new CfnCondition(scope, 'IsProd', { expression: Fn.conditionEquals(Aws.REGION, 'us-east-1') });
const when = (value: unknown, otherwise: unknown = Aws.NO_VALUE) => Fn.conditionIf('IsProd', value, otherwise);

/** The warnings of a resource to which the mixin was applied. */
function encrypted<T extends CfnResource>(resource: T): T {
  resource.with(new EncryptionAtRest(key, { allowReplacement: true }));
  return resource;
}

let count = 0;
const made = (type: string, properties: object) => encrypted(new CfnResource(scope, `It${count++}`, { type, properties: properties as Record<string, unknown> }));
const warnings = ({ node }: CfnResource) => node.metadata.flatMap(({ data }) => (typeof data === 'string' && data.includes('[ack: ') ? data : []));
const propertiesOf = (resource: CfnResource) => Template.fromStack(scope).toJSON().Resources[Stack.of(resource).getLogicalId(resource)].Properties;

const DEVICE = { DeviceName: '/dev/xvda', Ebs: { VolumeSize: 8 } };
const layer = made('AWS::EC2::Instance', { BlockDeviceMappings: when([DEVICE]) });
const block = made('AWS::VoiceID::Domain', { Name: 'voice', ServerSideEncryptionConfiguration: when({ KmsKeyId: 'alias/aws/service' }) });
const deep = made('AWS::EC2::LaunchTemplate', { LaunchTemplateData: { BlockDeviceMappings: when([DEVICE], [DEVICE, DEVICE]) } });
const template = made('AWS::EC2::LaunchTemplate', { LaunchTemplateData: when({ BlockDeviceMappings: [DEVICE] }) });
const database = made('AWS::RDS::DBInstance', { Engine: 'mysql', StorageEncrypted: when(true, false) });
const right = made('AWS::EC2::Volume', { AvailabilityZone: 'us-east-1a', Size: when(1, 2) });
const stream = encrypted(new kinesis.Stream(scope, 'Stream').node.defaultChild as CfnResource);
const taken = new kinesis.CfnStream(scope, 'Taken', { streamEncryption: { encryptionType: 'KMS', keyId: 'alias/own' } });
taken.addPropertyDeletionOverride('StreamEncryption.KeyId');
encrypted(taken);
const elsewhere = stack(ENV);
const streamOfRegion = new kinesis.Stream(elsewhere, 'Stream').node.defaultChild as CfnResource;
streamOfRegion.with(new EncryptionAtRest(new EncryptionKey(elsewhere, 'Key')));

test('a list that a condition chooses stays a list, whose items are under the key', () => {
  expect(propertiesOf(layer)).toEqual({
    BlockDeviceMappings: { 'Fn::If': ['IsProd', [{ ...DEVICE, Ebs: { VolumeSize: 8, Encrypted: true, KmsKeyId: { 'Fn::GetAtt': ['Key961B73FD', 'Arn'] } } }], { Ref: 'AWS::NoValue' }] },
  });
});

test('a key that an override takes out is not taken for one that is there', () => {
  expect(propertiesOf(taken).StreamEncryption).toEqual({ EncryptionType: 'KMS', KeyId: { 'Fn::GetAtt': ['Key961B73FD', 'Arn'] } });
});

test.each([
  ['a block that is there under a condition only', block, /VoiceID|It1 is not under the KMS key where the condition IsProd is false: ServerSideEncryptionConfiguration\.KmsKeyId is not set/],
  ['lists of which a condition chooses one', deep, /where the condition IsProd is true: .*Ebs\.KmsKeyId is not set.* Set the encryption in both branches of `Fn::If`/],
  ['a switch that a condition turns off', database, /is not under the KMS key where the condition IsProd is false: StorageEncrypted is false/],
])('%s is a warning that names the condition and the property', (_, resource, message) => {
  expect(warnings(resource)).toContainEqual(expect.stringMatching(message));
});

test.each([['what is under the key with every choice', template], ['what has a condition elsewhere', right],
  ['a stream of the CDK, which leaves out the Regions without keys', stream], ['the same in a Region with keys', streamOfRegion]])('%s is no warning', (_, resource) => {
  expect(warnings(resource)).toEqual([]);
});

test.each([
  ['AWS::EC2::Instance', { InstanceType: 't3.micro' }, /its volumes are encrypted as the image and the account say/],
  ['AWS::EC2::LaunchTemplate', { LaunchTemplateData: { InstanceType: 't3.micro' } }, /Give `BlockDeviceMappings`/],
  ['AWS::AmazonMQ::Broker', { EngineType: 'RABBITMQ', BrokerName: 'broker' }, /takes no other/],
  ['AWS::Athena::WorkGroup', { Name: 'group', WorkGroupConfiguration: { ResultConfiguration: { OutputLocation: 's3://results/' } } }, /Put the bucket under the key/],
  ['AWS::KinesisFirehose::DeliveryStream', { DeliveryStreamType: 'KinesisStreamAsSource' }, /as its source says/],
  ['AWS::KinesisAnalyticsV2::Application', { RuntimeEnvironment: 'FLINK-1_20' }, /ApplicationEncryptionConfiguration/],
])('%s without a property that could name the key is a warning that says what is so instead', (type, properties, message) => {
  expect(warnings(made(type, properties))).toEqual([expect.stringMatching(message)]);
});
