import { LONGEST_ROTATION_DAYS, SHORTEST_ROTATION_DAYS } from './defaults';
import { fail, NOT_APPLICABLE, PASS, Rule, undetermined, Verdict } from '../checks/model/rule';
import { Template, TemplateResource, Unknown } from '../checks/model/template';

export const KMS_RULES: Rule[] = [
  {
    id: 'Encryption-KmsKeyRotation',
    severity: 'error',
    guards: 'key',
    resourceTypes: ['AWS::KMS::Key'],
    info: 'A symmetric KMS key must rotate its material automatically.',
    why: 'Rotation limits how much data one version of the key protects, and what a leaked version opens.',
    fix: 'Set EnableKeyRotation to true (EncryptionKey and the mixin KeyRotation do).',
    see: 'https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html',
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
];

function rotates(key: TemplateResource, template: Template): Verdict {
  const spec = template.property(key, 'KeySpec') ?? 'SYMMETRIC_DEFAULT';
  const origin = template.property(key, 'Origin') ?? 'AWS_KMS';
  if (spec instanceof Unknown) { return undetermined(`KeySpec: ${spec.reason}`); }
  if (spec !== 'SYMMETRIC_DEFAULT' || origin === 'EXTERNAL') { return NOT_APPLICABLE; }
  const enabled = template.property(key, 'EnableKeyRotation');
  if (enabled instanceof Unknown) { return undetermined(`EnableKeyRotation: ${enabled.reason}`); }
  if (String(enabled) !== 'true') { return fail('EnableKeyRotation is not true'); }
  const days = Number(template.property(key, 'RotationPeriodInDays') ?? SHORTEST_ROTATION_DAYS);
  return days < SHORTEST_ROTATION_DAYS || days > LONGEST_ROTATION_DAYS
    ? fail(`RotationPeriodInDays is ${days}; KMS takes ${SHORTEST_ROTATION_DAYS} to ${LONGEST_ROTATION_DAYS}`)
    : PASS;
}
