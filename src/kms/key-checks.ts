import { LONGEST_PENDING_WINDOW_DAYS, LONGEST_ROTATION_DAYS, SHORT_PENDING_WINDOW_DAYS, SHORTEST_PENDING_WINDOW_DAYS, SHORTEST_ROTATION_DAYS } from './defaults';
import { isKey } from './keys';
import { Check, fail, NOT_APPLICABLE, PASS, passIf } from '../rules/rule';
import { isBetween, mustBeTrue, notKnown, targetOf, verdictOn } from '../rules/values';

/** KMS rotates symmetric keys that encrypt, with material of its own. */
export const rotates: Check = (key) => {
  const spec = key.get('KeySpec').or('SYMMETRIC_DEFAULT').literal();
  const usage = key.get('KeyUsage').or('ENCRYPT_DECRYPT').literal();
  const origin = key.get('Origin').or('AWS_KMS').literal();
  const otherKind = (spec.kind === 'value' && !spec.is('SYMMETRIC_DEFAULT')) || (usage.kind === 'value' && !usage.is('ENCRYPT_DECRYPT'))
    || (origin.kind === 'value' && origin.is('EXTERNAL', 'AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'));
  if (otherKind) { return NOT_APPLICABLE; }
  const enabled = mustBeTrue(key, ['EnableKeyRotation']);
  if (enabled.kind === 'pass') { return rotatesOftenEnough(key); }
  // What is not known may be a key that does not rotate.
  const unknown = [spec, usage, origin].find(({ kind }) => kind === 'unknown');
  return unknown?.kind === 'unknown' ? notKnown(unknown) : enabled;
};

const rotatesOftenEnough: Check = (key) => verdictOn(key.get('RotationPeriodInDays').literal(), {
  absent: PASS,
  value: (days) => passIf(isBetween(days, SHORTEST_ROTATION_DAYS, LONGEST_ROTATION_DAYS),
    `RotationPeriodInDays is ${days.text}; KMS takes ${SHORTEST_ROTATION_DAYS} to ${LONGEST_ROTATION_DAYS}`),
});

export const waits: Check = (key) => verdictOn(key.get('PendingWindowInDays').or(LONGEST_PENDING_WINDOW_DAYS).literal(), {
  value: (days) => (isBetween(days, SHORTEST_PENDING_WINDOW_DAYS, LONGEST_PENDING_WINDOW_DAYS)
    ? passIf(days.number >= SHORT_PENDING_WINDOW_DAYS, `PendingWindowInDays is ${days.text}`)
    : fail(`PendingWindowInDays is ${days.text}; KMS takes ${SHORTEST_PENDING_WINDOW_DAYS} to ${LONGEST_PENDING_WINDOW_DAYS}`)),
});

const OWN_ALIAS = 'alias/';

export const pointsToKey: Check = (alias) => {
  const name = alias.get('AliasName').literal();
  if (name.kind === 'value' && !/^alias\/(?!aws\/)[\w/-]+$/.test(name.text)) { return fail(`AliasName is ${name.text}`); }
  if (name.kind === 'unknown' && /^alias\/aws\//.test(name.shape)) { return fail(`AliasName is ${name.shape}`); }
  const key = alias.get('TargetKeyId');
  const target = targetOf(key);
  if (key.kind === 'value' && target && !isKey(target)) { return fail(`its target ${target.logicalId} is a ${target.type}`); }
  if (name.kind === 'unknown') {
    const [begin] = name.shape.split('${');
    if (!begin.startsWith(OWN_ALIAS)) { return OWN_ALIAS.startsWith(begin) ? notKnown(name) : fail(`AliasName is ${name.shape}`); }
  }
  return key.kind === 'unknown' ? notKnown(key) : PASS;
};

export const hasLongRsaKey: Check = (key) => {
  const usage = key.get('KeyUsage').or('ENCRYPT_DECRYPT').literal();
  if (usage.kind === 'value' && !usage.is('ENCRYPT_DECRYPT')) { return NOT_APPLICABLE; }
  return verdictOn(key.get('KeySpec').or('SYMMETRIC_DEFAULT').literal(), {
    value: (spec) => (!spec.text.startsWith('RSA') ? NOT_APPLICABLE : spec.is('RSA_2048') ? usage.kind === 'unknown' ? notKnown(usage) : fail('KeySpec is RSA_2048') : PASS),
  });
};

export const isRetained: Check = (key) => verdictOn(key.attribute('DeletionPolicy').literal(), {
  absent: () => fail('DeletionPolicy is not set'),
  value: (policy) => passIf(policy.text.startsWith('Retain'), `DeletionPolicy is ${policy.text}`),
});
