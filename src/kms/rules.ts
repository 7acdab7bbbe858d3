import { LONGEST_PENDING_WINDOW_DAYS, LONGEST_ROTATION_DAYS, SHORT_PENDING_WINDOW_DAYS, SHORTEST_PENDING_WINDOW_DAYS, SHORTEST_ROTATION_DAYS } from './defaults';
import { readsWithNamedKeysOnly } from './iam-checks';
import * as policy from './key-policy-checks';
import { KEY_ACCESS, KEY_MANAGEMENT, fail, NOT_APPLICABLE, PASS, passIf, RECOVERY, Rule, undetermined, Verdict } from '../checks/model/rule';
import { asText, Template, TemplateResource, Unknown } from '../checks/model/template';
import { isBetween, isTrue } from '../checks/model/values';

const KEYS = ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'];
const GUIDE = 'https://docs.aws.amazon.com/kms/latest/developerguide';

export const KMS_RULES: Rule[] = [
  {
    id: 'Encryption-KmsKeyRotation',
    severity: 'error',
    guards: 'key',
    resourceTypes: ['AWS::KMS::Key'],
    info: 'A symmetric KMS key must rotate its material automatically.',
    why: 'Rotation limits how much data one version of the key protects, and what a leaked version opens.',
    fix: 'Set EnableKeyRotation to true (EncryptionKey and the mixin KeyRotation do).',
    see: `${GUIDE}/rotate-keys.html`,
    controls: {
      fsbp: ['KMS.4'],
      controlTower: ['CT.KMS.PR.1'],
      nist: ['SC-12', 'SC-12(2)', 'SC-28(3)'],
      pci: ['3.7.4'],
      hipaa: ['164.312(a)(2)(iv)'],
      cis: ['3.6'],
    },
    check: rotates,
  },
  {
    id: 'Encryption-KmsKeyNotForAnybody',
    severity: 'error',
    guards: 'access',
    resourceTypes: KEYS,
    info: 'A key policy must not let everybody in without a condition that limits who.',
    why: 'A principal "*" is everybody of every account: who can reach the data can then decrypt it.',
    fix: 'Name principals, or limit the statement by kms:CallerAccount, aws:PrincipalOrgID or a source condition.',
    see: `${GUIDE}/key-policy-overview.html`,
    controls: { fsbp: ['KMS.5'], ...KEY_ACCESS },
    check: policy.letsNobodyInUnlimited,
  },
  {
    id: 'Encryption-KmsKeyNoNotPrincipal',
    severity: 'error',
    guards: 'access',
    resourceTypes: KEYS,
    info: 'A key policy must not allow by NotPrincipal.',
    why: 'It allows everybody but the named, other accounts and anonymous callers among them.',
    fix: 'Name the principals that are meant.',
    see: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html',
    controls: KEY_ACCESS,
    check: policy.hasNoNotPrincipal,
  },
  {
    id: 'Encryption-KmsKeyNoNotAction',
    severity: 'error',
    guards: 'access',
    resourceTypes: KEYS,
    info: 'A key policy must not allow by NotAction.',
    why: 'It allows every action that is not named, those of tomorrow too.',
    fix: 'Name the actions.',
    see: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html',
    controls: KEY_ACCESS,
    check: policy.hasNoNotAction,
  },
  {
    id: 'Encryption-KmsKeyFullAccessRootOnly',
    severity: 'warning',
    guards: 'access',
    resourceTypes: KEYS,
    info: 'A key policy must give kms:* to the account root only.',
    why: 'kms:* for a role lets it use, open and destroy the key; for the account root it hands the decision to IAM.',
    fix: 'Name administrators and users apart (EncryptionKey: administrators, users).',
    see: `${GUIDE}/key-policy-default.html`,
    controls: KEY_ACCESS,
    check: policy.givesAllToRootOnly,
  },
  {
    id: 'Encryption-KmsKeySeparatesDuties',
    severity: 'warning',
    guards: 'access',
    resourceTypes: KEYS,
    info: 'Who manages a key must not decrypt with it.',
    why: 'Separated, no single person can both open the policy and read the data.',
    fix: 'Give management and use to different roles (EncryptionKey: administrators, users).',
    see: `${GUIDE}/key-policy-default.html#key-policy-default-allow-administrators`,
    controls: { ...KEY_ACCESS, nist: ['AC-5', ...KEY_ACCESS.nist] },
    check: policy.separatesDuties,
  },
  {
    id: 'Encryption-KmsKeyStaysManageable',
    severity: 'error',
    guards: 'key',
    resourceTypes: KEYS,
    info: 'A key policy must let somebody change it.',
    why: 'A key that nobody can manage can be neither mended nor deleted without AWS Support.',
    fix: 'Let the account root do kms:*, or an administrator kms:PutKeyPolicy.',
    see: `${GUIDE}/key-policy-default.html#key-policy-default-allow-root-enable-iam`,
    controls: KEY_MANAGEMENT,
    check: policy.staysManageable,
  },
  {
    id: 'Encryption-KmsKeyServiceSource',
    severity: 'warning',
    guards: 'access',
    resourceTypes: KEYS,
    info: 'A key policy must say for whom an AWS service acts.',
    why: 'Without a source condition somebody else\'s bucket or topic can have the service use the key (confused deputy).',
    fix: 'Add aws:SourceAccount, aws:SourceArn or the encryption context (ServiceAccess has each service\'s statement).',
    see: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html',
    controls: KEY_ACCESS,
    check: policy.namesSourceOfServices,
  },
  {
    id: 'Encryption-KmsKeyGrantsLimited',
    severity: 'warning',
    guards: 'access',
    resourceTypes: KEYS,
    info: 'A key policy must allow kms:CreateGrant for AWS resources only.',
    why: 'A grant opens the key to somebody else, and no policy shows it.',
    fix: 'Add the condition kms:GrantIsForAWSResource, or kms:ViaService.',
    see: `${GUIDE}/conditions-kms.html#conditions-kms-grant-is-for-aws-resource`,
    controls: KEY_ACCESS,
    check: policy.limitsGrants,
  },
  {
    id: 'Encryption-KmsKeyDeniesOtherGrants',
    severity: 'info',
    guards: 'access',
    resourceTypes: ['AWS::KMS::Key'],
    info: 'A key policy should deny grants to everybody, except for AWS resources.',
    why: 'IAM policies of the account can allow kms:CreateGrant too; a Deny in the key policy holds against all of them.',
    fix: 'Deny kms:CreateGrant by BoolIfExists on kms:GrantIsForAWSResource and aws:PrincipalIsAWSService (EncryptionKey does).',
    see: 'https://docs.aws.amazon.com/controltower/latest/controlreference/kms-rules.html',
    controls: { controlTower: ['CT.KMS.PR.3'], ...KEY_ACCESS },
    check: policy.deniesOtherGrants,
  },
  {
    id: 'Encryption-KmsRsaKeySpec',
    severity: 'warning',
    guards: 'key',
    resourceTypes: ['AWS::KMS::Key'],
    info: 'An RSA key that encrypts should be longer than 2048 bits.',
    why: 'NIST lets 2048 bits end in 2030; what is encrypted today is read then.',
    fix: 'Choose RSA_3072 or RSA_4096 when the key is made: the spec cannot be changed.',
    see: `${GUIDE}/symm-asymm-choose-key-spec.html`,
    controls: { controlTower: ['CT.KMS.PR.2'], ...KEY_MANAGEMENT },
    check: (key, template) => {
      const spec = template.property(key, 'KeySpec');
      if (spec instanceof Unknown) { return undetermined(`KeySpec: ${spec.reason}`); }
      if (!/^RSA/.test(asText(spec)) || (template.property(key, 'KeyUsage') ?? 'ENCRYPT_DECRYPT') !== 'ENCRYPT_DECRYPT') { return NOT_APPLICABLE; }
      return passIf(spec !== 'RSA_2048', 'KeySpec is RSA_2048');
    },
  },
  {
    id: 'Encryption-KmsKeyOtherAccount',
    severity: 'info',
    guards: 'access',
    resourceTypes: KEYS,
    info: 'A key policy that names an account by number should be looked at.',
    why: 'Another account\'s administrators then decide who decrypts; and where it is the own account, the policy fits one account only.',
    fix: 'Write AWS::AccountId for the own account; limit another one to services and roles, or by aws:PrincipalOrgID.',
    see: `${GUIDE}/key-policy-modifying-external-accounts.html`,
    controls: KEY_ACCESS,
    check: policy.namesNoOtherAccount,
  },
  {
    id: 'Encryption-KmsKeyLockOutCheck',
    severity: 'error',
    guards: 'key',
    resourceTypes: KEYS,
    info: 'The lock-out check of KMS must not be bypassed.',
    why: 'KMS refuses a policy that would lock its author out; bypassed, the key can become unmanageable.',
    fix: 'Leave BypassPolicyLockoutSafetyCheck out.',
    see: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-key.html',
    controls: KEY_MANAGEMENT,
    check: policy.keepsLockOutCheck,
  },
  {
    id: 'Encryption-KmsKeyPendingWindow',
    severity: 'warning',
    guards: 'key',
    resourceTypes: KEYS,
    info: `A key must wait at least ${SHORT_PENDING_WINDOW_DAYS} days before it is deleted.`,
    why: 'Data under a deleted key is lost for ever; the waiting period is the time to notice.',
    fix: `Set PendingWindowInDays to ${LONGEST_PENDING_WINDOW_DAYS}, or leave it out.`,
    see: `${GUIDE}/deleting-keys.html`,
    controls: { fsbp: ['KMS.3'], ...RECOVERY },
    check: waits,
  },
  {
    id: 'Encryption-KmsKeyRetained',
    severity: 'info',
    guards: 'key',
    resourceTypes: KEYS,
    info: 'A key should stay when its stack goes.',
    why: 'The stack\'s deletion schedules the key\'s, and with it the loss of all backups and objects that it encrypts.',
    fix: 'Set DeletionPolicy and UpdateReplacePolicy to Retain.',
    see: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html',
    controls: { fsbp: ['KMS.3'], ...RECOVERY },
    check: ({ deletionPolicy }) => passIf(/^Retain/.test(asText(deletionPolicy)), `DeletionPolicy is ${deletionPolicy === undefined ? 'not set' : asText(deletionPolicy)}`),
  },
  {
    id: 'Encryption-KmsAliasPointsToKey',
    severity: 'error',
    guards: 'key',
    resourceTypes: ['AWS::KMS::Alias'],
    info: 'An alias must point to a key, by a name of yours.',
    why: 'CloudFormation refuses an alias of something else, and KMS every name below alias/aws/.',
    fix: 'Refer to a KMS key, and name the alias alias/<yours>.',
    see: `${GUIDE}/kms-alias.html`,
    controls: KEY_MANAGEMENT,
    check: pointsToKey,
  },
  {
    id: 'Encryption-KmsReplicaElsewhere',
    severity: 'error',
    guards: 'key',
    resourceTypes: ['AWS::KMS::ReplicaKey'],
    info: 'A replica must be in another Region than its primary, and the only one there.',
    why: 'KMS refuses a second key of one id in a Region: the deployment fails half way.',
    fix: 'Put the replica into a stack of another Region (MultiRegionKey does).',
    see: `${GUIDE}/multi-region-keys-overview.html`,
    controls: KEY_MANAGEMENT,
    check: policy.replicaIsElsewhere,
  },
  {
    id: 'Encryption-KmsReplicaFollowsPrimary',
    severity: 'warning',
    guards: 'access',
    resourceTypes: ['AWS::KMS::ReplicaKey'],
    info: 'The policy of a replica must be that of its primary.',
    why: 'KMS does not copy policies: who is kept out in one Region may decrypt the same data in the other.',
    fix: 'Keep the policies the same (MultiRegionKey does).',
    see: `${GUIDE}/multi-region-keys-replicate.html`,
    controls: KEY_ACCESS,
    check: policy.replicaFollowsPrimary,
  },
  {
    id: 'Encryption-KmsReplicaDoesNotRotate',
    severity: 'error',
    guards: 'key',
    resourceTypes: ['AWS::KMS::ReplicaKey'],
    info: 'Rotation must be asked of the primary, not of a replica.',
    why: 'KMS rotates the primary, and the replicas with it; CloudFormation refuses rotation on a replica.',
    fix: 'Set EnableKeyRotation on the primary.',
    see: `${GUIDE}/rotate-keys.html#multi-region-rotate`,
    controls: KEY_MANAGEMENT,
    check: policy.replicaDoesNotRotate,
  },
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

function rotates(key: TemplateResource, template: Template): Verdict {
  const spec = template.property(key, 'KeySpec') ?? 'SYMMETRIC_DEFAULT';
  const origin = template.property(key, 'Origin') ?? 'AWS_KMS';
  const usage = template.property(key, 'KeyUsage') ?? 'ENCRYPT_DECRYPT';
  if (spec instanceof Unknown) { return undetermined(`KeySpec: ${spec.reason}`); }
  if (spec !== 'SYMMETRIC_DEFAULT' || origin === 'EXTERNAL' || origin === 'AWS_CLOUDHSM' || usage !== 'ENCRYPT_DECRYPT') { return NOT_APPLICABLE; }
  const enabled = template.property(key, 'EnableKeyRotation');
  if (enabled instanceof Unknown) { return undetermined(`EnableKeyRotation: ${enabled.reason}`); }
  if (!isTrue(enabled)) { return fail('EnableKeyRotation is not true'); }
  const days = template.property(key, 'RotationPeriodInDays') ?? SHORTEST_ROTATION_DAYS;
  if (days instanceof Unknown) { return undetermined(`RotationPeriodInDays: ${days.reason}`); }
  return passIf(isBetween(days, SHORTEST_ROTATION_DAYS, LONGEST_ROTATION_DAYS),
    `RotationPeriodInDays is ${asText(days)}; KMS takes ${SHORTEST_ROTATION_DAYS} to ${LONGEST_ROTATION_DAYS}`);
}

function waits(key: TemplateResource, template: Template): Verdict {
  const value = template.property(key, 'PendingWindowInDays') ?? LONGEST_PENDING_WINDOW_DAYS;
  if (value instanceof Unknown) { return undetermined(`PendingWindowInDays: ${value.reason}`); }
  if (!isBetween(value, SHORTEST_PENDING_WINDOW_DAYS, LONGEST_PENDING_WINDOW_DAYS)) {
    return fail(`PendingWindowInDays is ${asText(value)}; KMS takes ${SHORTEST_PENDING_WINDOW_DAYS} to ${LONGEST_PENDING_WINDOW_DAYS}`);
  }
  return passIf(Number(value) >= SHORT_PENDING_WINDOW_DAYS, `PendingWindowInDays is ${asText(value)}`);
}

function pointsToKey(alias: TemplateResource, template: Template): Verdict {
  const name = template.property(alias, 'AliasName');
  if (typeof name === 'string' && !name.includes('${') && !/^alias\/(?!aws\/)[\w/-]+$/.test(name)) { return fail(`AliasName is ${name}`); }
  const target = template.target(alias.properties.TargetKeyId);
  return !target || KEYS.includes(target.type) || !target.type.startsWith('AWS::') ? PASS : fail(`its target ${target.logicalId} is ${target.type}`);
}
