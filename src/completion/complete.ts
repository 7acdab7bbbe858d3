import type { CfnResource } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { Completing } from './completing';
import { addDenials, Denied } from './denials';
import { DEPLOYED_TYPES, missingOfDeployer } from './deployer';
import { limitEventBridge } from './event-sources';
import { tellOfS3ToFifo } from './fifo';
import { nameByConditionWhatComesLater } from './principals-apart';
import type { Protection } from './protection';
import { readStage, StageModel } from './read-stage';
import { completeReplication } from './replication';
import { roomFor } from './rooms';
import { putLibraryStatementsLast } from './statement-order';
import { completeTopic } from './topics';
import { FLOW_TYPES, flowsOf } from '../flows/declarations';
import { Flow, nameOf, OutsideParty } from '../flows/flow';
import { keyOf } from '../flows/keys';
import { KIND, KINDS } from '../flows/kind';
import { acknowledge } from '../private/acknowledge';
import { EncryptionError, ownerPath } from '../private/errors';
import { overriddenProperties } from '../private/overrides';
import { warn } from '../private/warn';
import { groupBy } from '../template/group-by';
import type { TemplateResource } from '../template/template';

/** What a Stage asks of completion. */
export interface Work {
  /** What constructs, mixins and injectors protect. */
  readonly given: readonly Protection[];
  /** The keys of this library. */
  readonly keys: ReadonlySet<CfnResource>;
  /** What the code keeps out of the key, and what is to be done about it where it could be under one. */
  readonly plain: ReadonlyMap<CfnResource, () => void>;
  /** What was added to a policy of its own, when this ran before: the CDK runs aspects again where they make constructs, and an app may be synthesized again. */
  readonly denied: Denied;
  /** The policies that the app has for a bucket, queue or topic. */
  readonly policiesOf: (resource: CfnResource) => readonly CfnResource[];
}

const READ_TYPES = new Set([...FLOW_TYPES, ...DEPLOYED_TYPES]);

/** Completes the flows of everything that is protected in a Stage. It can run again: what is there already is not added twice. */
export function complete(root: IConstruct, { given, keys, plain, denied, policiesOf }: Work, refuse: (error: EncryptionError) => void): void {
  if (given.length + keys.size + plain.size === 0) { return; }
  nameByConditionWhatComesLater(root);
  const model = readStage(root, READ_TYPES);
  const flows = groupBy(flowsOf(model.estate), ({ target }) => target);
  plain.forEach((refused, resource) => {
    const used = (flows.get(model.resourceOf(resource)!) ?? []).find(isOutside);
    if (used) { acknowledge(resource, { 'Encryption-S3BucketCustomerKey': `It is used by ${whyOutside(used)}.` }); } else { refused(); }
  });
  const protections = [...given, ...underOwnKeys(model, given, keys)];
  const protectedNow = protections.filter((protection) => keepsItsKey(protection, model, refuse))
    .filter((protection) => staysProtected(protection, flowsTo(protection, model, flows), refuse));
  const work = new Completing(model);
  for (const protection of protectedNow) {
    const own = flowsTo(protection, model, flows);
    work.completeFlows(protection, own);
    limitEventBridge(model.resourceOf(protection.resource), model);
    completeReplication(protection, model, (bucket) => protectedNow.find(({ resource }) => model.resourceOf(resource) === bucket)?.keyArn());
    completeTopic(protection, own, { model, policiesOf, refuse });
    tellOfS3ToFifo(protection, own, refuse);
    addDenials(protection, roomFor(own, model, protection), { policiesOf, denied, refuse });
  }
  missingOfDeployer(model, keys).forEach((missing) => work.inKeyOf(missing));
  work.write();
  putLibraryStatementsLast(root);
}

/** What the app itself has put under a key of this library. */
function underOwnKeys(model: StageModel, given: readonly Protection[], keys: ReadonlySet<CfnResource>): Protection[] {
  return KINDS.flatMap((kind) => model.estate.ofKind(kind).flatMap((target) => {
    const resource = model.constructOf(target);
    const key = keyOf(model.estate, target, kind)?.resource;
    const construct = key && model.constructOf(key);
    if (!resource || !construct || !keys.has(construct) || given.some((each) => each.resource === resource)) { return []; }
    return [{ resource, kind, isOneOfMany: () => true, keyArn: () => (construct as unknown as { attrArn: string }).attrArn }];
  }));
}

type FlowsByTarget = ReadonlyMap<TemplateResource, readonly Flow[]>;

function flowsTo({ resource }: Protection, model: StageModel, flows: FlowsByTarget): readonly Flow[] {
  const target = model.resourceOf(resource);
  return (target && flows.get(target)) ?? [];
}

type OutsideFlow = Flow & { readonly party: OutsideParty };

const isOutside = (flow: Flow): flow is OutsideFlow => flow.party.kind === 'outside';

function whyOutside({ party, by }: OutsideFlow): string {
  return `${party.name} (${nameOf(by)}): ${party.reason}`;
}

/** Whether the key stays in the template: an override of the app's wins over what is set in code, and nobody would be told. */
function keepsItsKey({ resource, kind, isOneOfMany }: Protection, model: StageModel, refuse: (error: EncryptionError) => void): boolean {
  const target = Object.keys(overriddenProperties(resource)).length > 0 ? model.resourceOf(resource) : undefined;
  const key = target && KIND[kind].keyOf(target);
  if (!key || key.kind === 'unknown' || keyOf(model.estate, target, kind)) { return true; }
  const path = ownerPath(resource);
  const says = key.kind === 'value' ? `it says '${key.text}'` : `'${key.where}' is not there`;
  if (isOneOfMany()) {
    warn(resource, 'LeftAsItWas', `${path} is left as it was, not encrypted under the KMS key, because an override of the L1 wins over it: ${says}.`);
  } else {
    refuse(new EncryptionError(path, 'OverrideUndoesEncryption',
      `an override of the L1 (addPropertyOverride, addPropertyDeletionOverride) wins over the key that is set: ${says}. Remove the override.`));
  }
  return false;
}

/** What cannot be under a customer-managed key is left as it was, or refused where it was meant by itself. */
function staysProtected(protection: Protection, flows: readonly Flow[], refuse: (error: EncryptionError) => void): boolean {
  const flow = flows.find(isOutside);
  if (!flow || protection.kind !== 'bucket' || !protection.undo) { return true; }
  // By a policy: an ACL is a property of the bucket, which is refused where it stands.
  if (flows.some(({ declaration, by, target }) => declaration.id === 'AnonymousReaders' && by !== target)) { protection.whenPublic?.(); }
  const path = ownerPath(protection.resource);
  const why = whyOutside(flow);
  if (!protection.isOneOfMany()) {
    refuse(new EncryptionError(path, 'CannotBeUnderKey', `cannot be encrypted under a KMS key, because it is used by ${why}. Use another bucket for it, or encrypt this one with S3's own keys. See ${flow.declaration.see}`));
    return false;
  }
  protection.undo(/Logs$/.test(flow.declaration.id));
  warn(protection.resource, 'LeftAsItWas', `${path} is left as it was, not encrypted under the KMS key, because it is used by ${why}. See ${flow.declaration.see}`);
  acknowledge(protection.resource, { 'Encryption-S3BucketCustomerKey': `It is used by ${why}.` });
  return false;
}
