import { Stack } from 'aws-cdk-lib';
import type { Protection } from './protection';
import type { StageModel } from './read-stage';
import { keyOf } from '../flows/keys';
import { ownerPath } from '../private/errors';
import { knownAtSynth } from '../private/tokens';
import { warn } from '../private/warn';
import type { Read } from '../template/read';
import type { TemplateResource } from '../template/template';

/**
 * Lets the replication rules of a bucket replicate what is encrypted under its key: S3 leaves such objects out unless a rule says so.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-config-for-kms-objects.html
 */
export function completeReplication(
  { resource, kind }: Protection, model: StageModel, newKeyOf: (bucket: TemplateResource) => string | undefined,
): void {
  const bucket = model.resourceOf(resource);
  if (!bucket || kind !== 'bucket') { return; }
  bucket.get('ReplicationConfiguration', 'Rules').items().forEach((rule, index) => {
    if (saysEnabled(rule.get('SourceSelectionCriteria', 'SseKmsEncryptedObjects', 'Status'))) { return; }
    const path = `ReplicationConfiguration.Rules.${index}`;
    const key = replicaKey(rule, model, newKeyOf);
    const given = rule.get('Destination', 'EncryptionConfiguration', 'ReplicaKmsKeyID').kind !== 'absent';
    if (!key && !given) {
      const destination = rule.get('Destination', 'Bucket');
      warn(resource, 'ReplicationWithoutKey', `${ownerPath(resource)} is encrypted under a KMS key now, and S3 does not replicate such objects by rule ${index + 1} to ${destination.kind === 'value' && !destination.text.includes('${') ? destination.text : 'its destination'}. `
        + 'Set in the rule `SourceSelectionCriteria.SseKmsEncryptedObjects.Status: Enabled` and `Destination.EncryptionConfiguration.ReplicaKmsKeyID` to a key of the destination\'s Region, and let the role use both keys. '
        + 'See https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-config-for-kms-objects.html');
      return;
    }
    resource.addPropertyOverride(`${path}.SourceSelectionCriteria.SseKmsEncryptedObjects.Status`, 'Enabled');
    if (!given) { resource.addPropertyOverride(`${path}.Destination.EncryptionConfiguration.ReplicaKmsKeyID`, Stack.of(resource).resolve(key)); }
  });
}

function saysEnabled(status: Read): boolean {
  return status.match({ value: (value) => value.is('Enabled'), absent: () => false, unknown: () => true });
}

/** The key of the destination, where a reference to it makes no stack depend on another that does not already. */
function replicaKey(rule: Read, model: StageModel, newKeyOf: (bucket: TemplateResource) => string | undefined): string | undefined {
  const destination = rule.get('Destination', 'Bucket');
  const target = destination.kind === 'value' ? destination.target : undefined;
  if (!target) { return undefined; }
  const own = newKeyOf(target);
  if (own) { return own; }
  const key = keyOf(model.estate, target, 'bucket');
  const construct = key?.resource && model.constructOf(key.resource);
  return (construct as { attrArn?: string } | undefined)?.attrArn ?? knownAtSynth(key?.text);
}
