module.exports = {
  kind: 'autoscaling-volumes',
  about: 'EC2 Auto Scaling launches with its service-linked role, which has no policy that anybody can change: only the key\'s own policy can let it use the key, and make the grants that EBS needs.',
  source: 'https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html',
  modes: ['constructs'], plain: false, mustWork: ['constructs'],
  build({ cdk: { aws_ec2: ec2, aws_autoscaling: as }, stack, make }) {
    const vpc = new ec2.Vpc(stack, 'V', { natGateways: 0, maxAzs: 2 });
    const launchTemplate = new ec2.LaunchTemplate(stack, 'T', {
      machineImage: ec2.MachineImage.genericLinux({ 'us-east-1': 'ami-12345678' }), instanceType: new ec2.InstanceType('t3.micro'),
      blockDevices: [{ deviceName: '/dev/xvda', volume: ec2.BlockDeviceVolume.ebs(20, { encrypted: true, kmsKey: new make.Key(stack, 'Key') }) }],
    });
    new as.AutoScalingGroup(stack, 'Group', { vpc, launchTemplate, minCapacity: 0, maxCapacity: 1, vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC } });
  },
  judge: async (t) => {
    const { world } = t, key = world.at('S/Key');
    const who = (name) => ({ arn: `arn:aws:iam::111122223333:role/${name}`, name, identity: [], account: '111122223333', context: { 'aws:PrincipalArn': `arn:aws:iam::111122223333:role/${name}`, 'aws:PrincipalAccount': '111122223333' } });
    const autoScaling = who('aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling');
    const ask = (actions, by, context) => world.useKey(world.arnOf(key), actions, by, context, key.stack);
    const lost = await ask(['kms:GenerateDataKeyWithoutPlaintext', 'kms:Decrypt', 'kms:DescribeKey'], autoScaling, {}) ?? await ask(['kms:CreateGrant'], autoScaling, { 'kms:GrantIsForAWSResource': 'true' });
    if (lost) { return t.verdict(lost, /autoscaling/i); }
    const tooWide = [await ask(['kms:CreateGrant'], autoScaling, { 'kms:GrantIsForAWSResource': 'false' }), await ask(['kms:Decrypt'], who('other'), {})];
    return tooWide.every(Boolean) ? 'ok' : 'silent loss: more may use the key than Auto Scaling does';
  },
};
