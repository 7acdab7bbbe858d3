module.exports = {
  kind: 'handwritten-role',
  about: 'A user reads by the policy of its group, and writes by a managed policy: both name the bucket, and nothing of the key.',
  source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html',
  mustWork: ['constructs', 'strict', 'report', 'mixins'],
  build({ cdk: { aws_iam: iam }, stack, make }) {
    const bucket = new make.Bucket(stack, 'B');
    const user = new iam.User(stack, 'Person');
    new iam.Group(stack, 'Team').addUser(user);
    stack.node.findChild('Team').addToPolicy(new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [bucket.arnForObjects('*')] }));
    new iam.ManagedPolicy(stack, 'Writers', { users: [user], statements: [new iam.PolicyStatement({ actions: ['s3:PutObject'], resources: [bucket.arnForObjects('*')] })] });
  },
  judge: (t) => {
    const text = (type) => JSON.stringify(t.world.all(type).map((each) => each.props));
    if (!t.world.underKms('S/B')) { return 'ok'; }
    const missing = [['AWS::IAM::Policy', 'kms:Decrypt'], ['AWS::IAM::ManagedPolicy', 'kms:GenerateDataKey']].filter(([type, action]) => !text(type).includes(action));
    return missing.length ? `silent loss: ${missing}` : 'ok';
  },
};
