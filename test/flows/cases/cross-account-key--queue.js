module.exports = {
  kind: 'cross-account-key',
  about: 'A queue of one account under a key of another: senders of the queue\'s account need the key policy and their own policy.',
  source: 'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html',
  modes: ['constructs'], plain: false,
  build({ cdk: { aws_iam: iam, Stack }, app, stack, make }) {
    const theirs = new Stack(app, 'Theirs', { env: { account: '444455556666', region: 'us-east-1' } });
    const queue = new make.Queue(theirs, 'Q', { encryptionMasterKey: new make.Key(stack, 'Key', { alias: 'alias/shared-queue' }) });
    queue.grantSendMessages(new iam.Role(theirs, 'App', { roleName: 'app', assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }));
  },
  judge: async (t) => t.verdict(await t.world.sends({ queue: 'Theirs/Q', as: 'Theirs/App' }), /444455556666|Theirs\/App/),
};
