import { readsWithNamedKeysOnly } from './iam-checks';
import { KEY_ACCESS, Rule } from '../rules/rule';

/** Policies of identities, as far as they concern KMS. */
export const IAM_RULES: Rule[] = [
  {
    id: 'Encryption-IamDecryptNamedKeysOnly',
    severity: 'error',
    guards: 'access',
    resourceTypes: ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::Role', 'AWS::IAM::User', 'AWS::IAM::Group', 'AWS::IAM::RolePolicy', 'AWS::IAM::UserPolicy',
      'AWS::IAM::GroupPolicy', 'AWS::Serverless::Function', 'AWS::Serverless::StateMachine'],
    info: 'An IAM policy must allow decryption with named keys only.',
    why: 'kms:Decrypt on all keys opens every data set of the account to whoever has the policy.',
    fix: 'Name the keys in Resource, or limit by kms:ViaService, kms:ResourceAliases or the encryption context.',
    see: 'https://docs.aws.amazon.com/securityhub/latest/userguide/kms-controls.html',
    controls: { fsbp: ['KMS.1', 'KMS.2'], ...KEY_ACCESS },
    check: readsWithNamedKeysOnly,
  },
];
