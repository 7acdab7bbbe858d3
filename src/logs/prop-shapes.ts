import { FLAG, KEY_REFERENCE, NUMBER, REMOVAL_POLICY, TEXT } from '../private/common-kinds';
import { NOT_ENCRYPTION_KEY, propsShape } from '../private/props';

export const ENCRYPTED_LOG_GROUP = propsShape({
  of: 'EncryptedLogGroup',
  kinds: {
    encryptionKey: KEY_REFERENCE,
    logGroupName: TEXT,
    retention: { ...NUMBER, remedy: () => 'Give one of `logs.RetentionDays`, such as `logs.RetentionDays.ONE_YEAR`', name: 'a number of days' },
    removalPolicy: REMOVAL_POLICY,
    deletionProtectionEnabled: FLAG,
  },
  confused: {
    ...NOT_ENCRYPTION_KEY,
    name: 'logGroupName',
    groupName: 'logGroupName',
    retentionDays: 'retention',
    retentionInDays: 'retention',
    retentionPeriod: 'retention',
    deletionProtection: 'deletionProtectionEnabled',
  },
});
