import { AT_REST, Rule } from '../../rules/rule';
import { keyIsInAccount } from '../place-checks';
import { TYPES_WITH_KEY } from '../placed-keys';

export const rule: Rule = {
  id: 'Encryption-KmsKeyInSameAccount',
  severity: 'warning',
  guards: 'at rest',
  resourceTypes: TYPES_WITH_KEY,
  info: 'The key of a resource should be of the resource\'s account, or of a trusted one.',
  why: 'Nobody can use a key of another account unless its policy, which this template does not show, allows them; and its owner can take the data away.',
  fix: 'Name a key of this account; or let the key\'s owner allow it, and name the owner in trustedAccounts.',
  see: 'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html',
  controls: AT_REST,
  examples: {
    wrong: {
      'a key of another account': `
        Metadata: {Account: '111122223333', Region: eu-west-1}
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            Properties: {KmsMasterKeyId: arn:aws:kms:eu-west-1:444455556666:key/x}`,
    },
    right: {
      'a key of the template': `
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            Properties: {KmsMasterKeyId: !GetAtt Key.Arn}
          Key:
            Type: AWS::KMS::Key`,
    },
    undetermined: {
      'a key that a parameter names': `
        Metadata: {Account: '111122223333', Region: eu-west-1}
        Parameters:
          KeyArn: {Type: String}
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            Properties: {KmsMasterKeyId: !Ref KeyArn}`,
    },
    notApplicable: {
      'an account that is not known': `
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            Properties: {KmsMasterKeyId: arn:aws:kms:eu-west-1:111122223333:key/x}`,
    },
  },
  check: keyIsInAccount,
};
