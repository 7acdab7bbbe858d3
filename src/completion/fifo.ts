import type { Protection } from './protection';
import { tell } from './tell';
import { Flow, nameOf } from '../flows/flow';
import { EncryptionError, ownerPath } from '../private/errors';
import { S3_NOT_TO_FIFO } from '../statements/notifications';

/** Tells of a FIFO queue that S3 is to notify, whoever has wired the two: S3 refuses the configuration when it is deployed. */
export function tellOfS3ToFifo(protection: Protection, flows: readonly Flow[], refuse: (error: EncryptionError) => void): void {
  const { resource, kind } = protection;
  if (kind !== 'queue' || (resource as { readonly fifoQueue?: unknown }).fifoQueue !== true) { return; }
  const notified = flows.find(({ party }) => party.kind === 'service' && party.service === 's3.amazonaws.com');
  if (!notified) { return; }
  tell(protection, new EncryptionError(ownerPath(resource), 'SourceCannotSendToFifo',
    `cannot be a FIFO queue for the event notifications of ${nameOf(notified.by)}: ${S3_NOT_TO_FIFO}.`), refuse);
}
