import { EventField, EventPattern, RuleTargetInput } from 'aws-cdk-lib/aws-events';

/** One thing that happens to a key and that somebody should hear of. */
export interface KeyEvent {
  /** The id of the rule below the monitor: contract. */
  readonly id: string;
  readonly description: string;
  readonly pattern: (keyArns: string[]) => EventPattern;
  readonly message: RuleTargetInput;
}

/** Who did it, as CloudTrail knows them. */
const WHO = EventField.fromPath('$.detail.userIdentity.arn');
const WHEN = EventField.fromPath('$.detail.eventTime');
const WHERE = `account ${EventField.fromPath('$.account')}, ${EventField.fromPath('$.region')}`;
const KEY = EventField.fromPath('$.detail.requestParameters.keyId');

/** @see https://docs.aws.amazon.com/kms/latest/developerguide/kms-events.html */
const KEY_OF_EVENT = EventField.fromPath('$.detail.key-id');

/** An API call that CloudTrail records. Needs a trail in the Region: without one EventBridge hears nothing of it. */
function apiCall(id: string, eventName: string, happened: string, remedy: string, only: Record<string, unknown> = {}): KeyEvent {
  return {
    id,
    description: `A monitored KMS key: ${eventName}`,
    pattern: (keyArns) => ({
      source: ['aws.kms'],
      detailType: ['AWS API Call via CloudTrail'],
      detail: { eventSource: ['kms.amazonaws.com'], eventName: [eventName], errorCode: [{ exists: false }], resources: { ARN: keyArns }, ...only },
    }),
    message: RuleTargetInput.fromText(`${happened}\nKey: ${KEY}\nBy: ${WHO}\nAt: ${WHEN}, ${WHERE}\n${remedy}`),
  };
}

/** What KMS itself reports. */
function kmsEvent(id: string, detailType: string, happened: string, remedy: string): KeyEvent {
  return {
    id,
    description: `A monitored KMS key: ${detailType}`,
    pattern: (keyArns) => ({ source: ['aws.kms'], detailType: [detailType], resources: keyArns }),
    message: RuleTargetInput.fromText(`${happened}\nKey: ${KEY_OF_EVENT}\nAt: ${EventField.fromPath('$.time')}, ${WHERE}\n${remedy}`),
  };
}

/**
 * Services create a grant for each volume, database and table that they encrypt, many a day: CloudTrail then says which service the call
 * was made for. What is left are grants that somebody created directly.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
 */
const BY_A_PERSON = { userIdentity: { invokedBy: [{ exists: false }] } };

const UNEXPECTED = 'If nobody expected this:';

/** What the monitor reports, most urgent first. */
export const KEY_EVENTS: readonly KeyEvent[] = [
  apiCall('ScheduledForDeletion', 'ScheduleKeyDeletion',
    'A KMS key is SCHEDULED FOR DELETION. Nobody can use it from now on; when the waiting period ends, its data is lost.',
    `${UNEXPECTED} aws kms cancel-key-deletion --key-id ${KEY} --region ${EventField.fromPath('$.region')}, then enable-key.`),
  apiCall('MaterialDeleted', 'DeleteImportedKeyMaterial',
    'The imported MATERIAL of a KMS key was DELETED. Nobody can use the key until the same material is imported again.',
    `${UNEXPECTED} import the material again, and change who may delete it.`),
  apiCall('Disabled', 'DisableKey',
    'A KMS key was DISABLED. Nobody can read what it encrypts until it is enabled.',
    `${UNEXPECTED} aws kms enable-key --key-id ${KEY} --region ${EventField.fromPath('$.region')}`),
  apiCall('PolicyChanged', 'PutKeyPolicy',
    'The POLICY of a KMS key was changed.',
    `${UNEXPECTED} compare aws kms get-key-policy --key-id ${KEY} --region ${EventField.fromPath('$.region')} with the template, and deploy again.`),
  apiCall('RotationDisabled', 'DisableKeyRotation',
    'Automatic ROTATION of a KMS key was turned OFF.',
    `${UNEXPECTED} aws kms enable-key-rotation --key-id ${KEY} --region ${EventField.fromPath('$.region')}`),
  apiCall('MaterialImported', 'ImportKeyMaterial',
    'MATERIAL was IMPORTED into a KMS key. Who has that material outside of AWS can read what the key encrypts.',
    `${UNEXPECTED} find out where the material came from, and who may import it.`),
  apiCall('Granted', 'CreateGrant',
    `Somebody handed out a KMS key by a GRANT, which no policy shows: to ${EventField.fromPath('$.detail.requestParameters.granteePrincipal')}${EventField.fromPath('$.detail.requestParameters.granteeServicePrincipal')}.`,
    `${UNEXPECTED} aws kms list-grants --key-id ${KEY} --region ${EventField.fromPath('$.region')}, then revoke-grant.`,
    BY_A_PERSON),
  apiCall('Replicated', 'ReplicateKey',
    `A KMS key was REPLICATED to ${EventField.fromPath('$.detail.requestParameters.replicaRegion')}. The replica has the same material, and a policy and administrators of its own.`,
    `${UNEXPECTED} compare aws kms get-key-policy --key-id ${KEY} --region ${EventField.fromPath('$.detail.requestParameters.replicaRegion')} with this Region's, or delete the replica.`),
  apiCall('PrimaryMoved', 'UpdatePrimaryRegion',
    `The PRIMARY of a multi-Region KMS key MOVED to ${EventField.fromPath('$.detail.requestParameters.primaryRegion')}. CloudFormation no longer knows which of the keys is the primary.`,
    `${UNEXPECTED} aws kms update-primary-region --key-id ${KEY} --primary-region <this Region> --region ${EventField.fromPath('$.detail.requestParameters.primaryRegion')}`),
  kmsEvent('MaterialExpired', 'KMS Imported Key Material Expiration',
    'The imported MATERIAL of a KMS key EXPIRED. Nobody can use the key until the same material is imported again.',
    'Import the same material again.'),
  kmsEvent('Deleted', 'KMS CMK Deletion',
    'A KMS key was DELETED after its waiting period. What it encrypted is lost.',
    'Nothing brings it back; restore data from backups under another key.'),
  kmsEvent('Rotated', 'KMS CMK Rotation',
    'A KMS key was rotated: KMS made new material for it, and keeps the old to decrypt with.',
    'Nothing needs to be done.'),
];
