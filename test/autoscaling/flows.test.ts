import { Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import { EncryptionAtRest, EncryptionKey, ServiceAccess } from '../../src';
import { ENV, keyStatements, stack } from '../support/stack';

const ROLE = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::111122223333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling']] };
const templateUnder = (scope: Stack, kmsKeyId: string | undefined) => new ec2.CfnLaunchTemplate(scope, 'Template', {
  launchTemplateData: { imageId: 'ami-1', blockDeviceMappings: [{ deviceName: '/dev/xvda', ebs: { encrypted: true, kmsKeyId } }] },
});
const groupOf = (scope: Stack, template: ec2.CfnLaunchTemplate, props: Partial<autoscaling.CfnAutoScalingGroupProps> = {}) => new autoscaling.CfnAutoScalingGroup(scope, 'Group', {
  minSize: '0', maxSize: '1', availabilityZones: ['us-east-1a'], launchTemplate: { launchTemplateId: template.ref, version: template.attrLatestVersionNumber }, ...props,
});
const added = (scope: Stack) => keyStatements(scope).filter(({ Sid }) => /^AutoScaling/.test(Sid ?? ''));

test('a group that launches from a template under the key: its service-linked role may use the key, and make grants for EC2 only', () => {
  const scope = stack(ENV);
  groupOf(scope, templateUnder(scope, new EncryptionKey(scope, 'Key').keyArn));
  expect(added(scope)).toEqual([
    { Sid: 'AutoScaling', Effect: 'Allow', Principal: { AWS: '*' }, Action: expect.arrayContaining(['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*']), Resource: '*', Condition: { ArnLike: { 'aws:PrincipalArn': ROLE } } },
    { Sid: 'AutoScalingGrants', Effect: 'Allow', Principal: { AWS: '*' }, Action: 'kms:CreateGrant', Resource: '*', Condition: { ArnLike: { 'aws:PrincipalArn': ROLE }, Bool: { 'kms:GrantIsForAWSResource': 'true' } } },
  ]);
});

test('the role that the group names gets the key in its place', () => {
  const scope = stack(ENV);
  const serviceLinkedRoleArn = 'arn:aws:iam::111122223333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling_web';
  groupOf(scope, templateUnder(scope, new EncryptionKey(scope, 'Key').keyArn), { serviceLinkedRoleArn });
  expect(added(scope).map(({ Condition }) => Condition?.ArnLike['aws:PrincipalArn'])).toEqual([serviceLinkedRoleArn, serviceLinkedRoleArn]);
});

test.each<[string, (scope: Stack) => string | undefined]>([
  ['nobody launches from it', (scope) => { templateUnder(scope, new EncryptionKey(scope, 'Key').keyArn); return undefined; }],
  ['the key of the volumes has the statements', (scope) => { groupOf(scope, templateUnder(scope, new EncryptionKey(scope, 'Key', { services: [ServiceAccess.autoScaling()] }).keyArn)); return 'AutoScaling AutoScalingGrants'; }],
])('nothing is added where %s', (_, make) => {
  const scope = stack(ENV);
  const already = make(scope) ?? '';
  expect(added(scope).map(({ Sid }) => Sid).join(' ')).toBe(already);
});

test('the mixin that encrypts a launch template allows its group, and tells where the key is imported', () => {
  const scope = stack(ENV);
  const template = templateUnder(scope, undefined);
  groupOf(scope, template);
  template.with(new EncryptionAtRest(new kms.Key(scope, 'Plain')));
  expect(added(scope)).toHaveLength(2);
  const other = stack(ENV);
  const imported = kms.Key.fromKeyArn(other, 'Key', 'arn:aws:kms:us-east-1:111122223333:key/12345678-1234-1234-1234-1234567890ab');
  const theirs = templateUnder(other, undefined);
  groupOf(other, theirs);
  theirs.with(new EncryptionAtRest(imported));
  Template.fromStack(other);
  Annotations.fromStack(other).hasWarning('*', Match.stringLikeRegexp('autoscaling\\.amazonaws\\.com \\(for Stack/Group\\) cannot write to Stack/Template yet.*kms:ReEncrypt.*AWSServiceRoleForAutoScaling.*kms:GrantIsForAWSResource'));
});
