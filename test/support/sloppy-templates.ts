import * as fc from 'fast-check';
import { inventory } from '../../src/checks/inventory';
import { judge } from '../../src/checks/judge';
import { RULES } from '../../src/checks/rule-table';
import { Template } from '../../src/template/template';

/** Names and texts that rules look for, so that what is made up comes near to what they read. */
const NAMES = [
  'Bucket', 'BucketEncryption', 'BucketName', 'ServerSideEncryptionConfiguration', 'ServerSideEncryptionByDefault', 'SSEAlgorithm', 'KMSMasterKeyID', 'LoggingConfiguration',
  'DestinationBucketName', 'KmsMasterKeyId', 'KmsKeyId', 'StorageEncrypted', 'DBParameterGroupName', 'DBClusterParameterGroupName', 'Family', 'Parameters', 'Protocol', 'SslPolicy',
  'DefaultActions', 'Type', 'RedirectConfig', 'PolicyDocument', 'Statement', 'Effect', 'Principal', 'AWS', 'Action', 'Resource', 'Condition', 'Bool', 'aws:SecureTransport',
  'Queues', 'KeySpec', 'Origin', 'EnableKeyRotation', 'RotationPeriodInDays', 'LoadBalancerAttributes', 'Key', 'Value', 'Ref', 'Fn::GetAtt', 'Fn::Join', 'Fn::Sub', 'Fn::If',
  'Fn::ImportValue',
];
const texts = fc.constantFrom('*', 's3:*', 'Deny', 'aws:kms', 'HTTP', 'HTTPS', 'redirect', 'postgres16', 'A', 'B', 'A.Arn', '${A.Arn}/*', '${', 'AWS::NoValue', 'true', '');
const { value } = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 6, withCrossShrink: true }, texts, fc.boolean(), fc.integer(), fc.constant(null),
    fc.array(tie('value'), { maxLength: 3 }), fc.dictionary(fc.constantFrom(...NAMES), tie('value'), { maxKeys: 4, noNullPrototype: true })),
}));

const types = [...new Set([
  ...RULES.flatMap(({ resourceTypes }) => resourceTypes), 'AWS::S3::BucketPolicy', 'AWS::SQS::QueuePolicy', 'AWS::RDS::DBParameterGroup', 'AWS::RDS::DBClusterParameterGroup',
  'AWS::ElasticLoadBalancingV2::LoadBalancer', 'AWS::KMS::ReplicaKey',
])];
/** Nine times out of ten what should be there, else anything. */
const mostly = (arbitrary: fc.Arbitrary<unknown>) => fc.oneof({ weight: 9, arbitrary }, { weight: 1, arbitrary: value });
const properties = mostly(fc.dictionary(fc.constantFrom(...NAMES), value, { noNullPrototype: true }));
const resource = mostly(fc.record({ Type: fc.constantFrom(...types), Properties: properties }));
const template = fc.record({ Resources: fc.dictionary(fc.constantFrom('A', 'B', 'C', 'D'), resource) });

/** Judges made-up templates by every rule, and takes the inventory of each; throws for the first that makes a rule throw. */
export function judgeSloppyTemplates(count: number): void {
  fc.assert(fc.property(template, (json) => {
    const model = new Template(json);
    inventory(model);
    for (const each of model.all()) {
      for (const rule of RULES) {
        if (rule.resourceTypes.includes(each.type)) { expect(['pass', 'fail', 'undetermined', 'not applicable']).toContain(judge(rule, each).kind); }
      }
    }
  }), { numRuns: count, seed: 20261124 });
}
