import * as logs from 'aws-cdk-lib/aws-logs';
import { FLAG, KEY_REFERENCE, NUMBER, REMOVAL_POLICY, TEXT } from '../private/common-kinds';
import { listOf, objectWith, oneOf } from '../private/kinds';
import { NOT_ENCRYPTION_KEY, propsShape } from '../private/props';

export const ENCRYPTED_LOG_GROUP = propsShape({
  of: 'EncryptedLogGroup',
  kinds: {
    encryptionKey: KEY_REFERENCE,
    logGroupName: TEXT,
    retention: { ...NUMBER, remedy: () => 'Give one of `logs.RetentionDays`, such as `logs.RetentionDays.ONE_YEAR`', name: 'a number of days' },
    removalPolicy: REMOVAL_POLICY,
    deletionProtectionEnabled: FLAG,
    logGroupClass: oneOf('logs.LogGroupClass', logs.LogGroupClass),
    dataProtectionPolicy: objectWith('a DataProtectionPolicy', ['_bind'], () => 'Give `new logs.DataProtectionPolicy({ … })`'),
    fieldIndexPolicies: listOf(
      objectWith('a FieldIndexPolicy', ['_bind'], () => 'Give `new logs.FieldIndexPolicy({ fields: [\'…\'] })`'),
      'field index policies', '[new logs.FieldIndexPolicy({ fields: [\'…\'] })]',
    ),
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
