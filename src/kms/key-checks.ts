import { LONGEST_PENDING_WINDOW_DAYS, LONGEST_ROTATION_DAYS, SHORT_PENDING_WINDOW_DAYS, SHORTEST_PENDING_WINDOW_DAYS, SHORTEST_ROTATION_DAYS } from './defaults';
import { isKey } from './keys';
import { Check, fail, NOT_APPLICABLE, PASS, passIf, undetermined } from '../rules/rule';
import { isBetween, isTrue } from '../rules/values';
import { asText, Unknown } from '../template/resolved';

export const rotates: Check = (key, template) => {
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
};

export const waits: Check = (key, template) => {
  const value = template.property(key, 'PendingWindowInDays') ?? LONGEST_PENDING_WINDOW_DAYS;
  if (value instanceof Unknown) { return undetermined(`PendingWindowInDays: ${value.reason}`); }
  if (!isBetween(value, SHORTEST_PENDING_WINDOW_DAYS, LONGEST_PENDING_WINDOW_DAYS)) {
    return fail(`PendingWindowInDays is ${asText(value)}; KMS takes ${SHORTEST_PENDING_WINDOW_DAYS} to ${LONGEST_PENDING_WINDOW_DAYS}`);
  }
  return passIf(Number(value) >= SHORT_PENDING_WINDOW_DAYS, `PendingWindowInDays is ${asText(value)}`);
};

export const pointsToKey: Check = (alias, template) => {
  const name = template.property(alias, 'AliasName');
  if (typeof name === 'string' && !name.includes('${') && !/^alias\/(?!aws\/)[\w/-]+$/.test(name)) { return fail(`AliasName is ${name}`); }
  const target = template.target(alias.properties.TargetKeyId);
  return !target || isKey(target) || !target.type.startsWith('AWS::') ? PASS : fail(`its target ${target.logicalId} is ${target.type}`);
};

export const hasLongRsaKey: Check = (key, template) => {
  const spec = template.property(key, 'KeySpec');
  if (spec instanceof Unknown) { return undetermined(`KeySpec: ${spec.reason}`); }
  if (!/^RSA/.test(asText(spec)) || (template.property(key, 'KeyUsage') ?? 'ENCRYPT_DECRYPT') !== 'ENCRYPT_DECRYPT') { return NOT_APPLICABLE; }
  return passIf(spec !== 'RSA_2048', 'KeySpec is RSA_2048');
};

export const isRetained: Check = ({ deletionPolicy }) => passIf(/^Retain/.test(asText(deletionPolicy)),
  `DeletionPolicy is ${deletionPolicy === undefined ? 'not set' : asText(deletionPolicy)}`);
