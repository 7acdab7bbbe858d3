import { CfnResource, Stack } from 'aws-cdk-lib';
import { keyUnder } from './key-construct';
import type { Protection } from './protection';
import type { StageModel } from './read-stage';
import { Flow, nameOf, Upload } from '../flows/flow';
import { keyBehind } from '../flows/keys';
import { ownerPath } from '../private/errors';
import { knownAtSynth } from '../private/tokens';
import { warn } from '../private/warn';
import { Room, widen, WriterRoom } from '../statements/upload-room';
import type { TemplateResource } from '../template/template';

/** Who names another encryption in uploads to a bucket, as the templates say. */
export function roomFor(flows: readonly Flow[], model: StageModel, protection: Protection): Room {
  const services = new Map<string, WriterRoom>();
  const roles = new Map<string, WriterRoom>();
  const own = keyUnder(protection, model).resource;
  for (const flow of flows.filter(({ upload }) => upload !== undefined)) {
    const key = upload(flow).key && keyBehind(model.estate, upload(flow).key!, flow.by.owner);
    // It names the bucket's own key.
    if (own && key === own && !upload(flow).plain) { continue; }
    const room = writerRoom(flow, model, protection);
    if (flow.party.kind === 'service') { services.set(flow.party.service, widen(services.get(flow.party.service), room)); }
    if (flow.party.kind === 'identity') {
      for (const holder of flow.party.holders) {
        const arn = arnOf(holder, model, protection);
        if (arn) { roles.set(arn, widen(roles.get(arn), room)); } else { warnOfDenial(flow, holder, protection); }
      }
    }
  }
  return { services, roles };
}

const upload = (flow: Flow): Upload => flow.upload ?? {};

function writerRoom({ upload: sent }: Flow, model: StageModel, protection: Protection): WriterRoom {
  const { key, plain, otherKey } = sent!;
  if (!key) { return { plain: plain === true, keys: [], anyKey: otherKey === true }; }
  const resource = key.kind === 'value' ? key.target : undefined;
  const construct = resource && model.constructOf(resource);
  const arn = construct && Stack.of(construct) === Stack.of(protection.resource) ? (construct as unknown as { attrArn?: string }).attrArn : undefined;
  const text = key.kind === 'value' && /^arn:/.test(key.text) && !key.text.includes('${') ? key.text : undefined;
  const named = arn ?? text;
  return { plain: plain === true, keys: named ? [named] : [], anyKey: named === undefined };
}

/** The ARN of a role as the bucket's policy can name it: its stack must not come to depend on the role's. */
function arnOf(holder: TemplateResource, model: StageModel, { resource }: Protection): string | undefined {
  const construct = model.constructOf(holder) as (CfnResource & { attrArn?: string; roleName?: string; path?: string }) | undefined;
  if (!construct) { return undefined; }
  if (Stack.of(construct) === Stack.of(resource)) { return waitsFor(construct, resource) ? undefined : construct.attrArn; }
  const name = knownAtSynth(construct.roleName);
  const { partition, account } = Stack.of(construct);
  return name ? `arn:${partition}:iam::${account}:role${construct.path ?? '/'}${name}` : undefined;
}

/** A role that waits for the bucket and its policy cannot be named in that policy: neither could be made before the other. */
function waitsFor(role: CfnResource, bucket: CfnResource): boolean {
  const bucketScopes = new Set(bucket.node.scopes);
  return role.node.scopes.flatMap(({ node }) => node.dependencies)
    .some((dependency) => bucketScopes.has(dependency) && dependency !== bucket.node.root);
}

function warnOfDenial(flow: Flow, holder: TemplateResource, { resource }: Protection): void {
  const path = ownerPath(resource);
  warn(resource, 'UploadDenied', `${nameOf(flow.by)} (${flow.declaration.service}) writes to ${path} with the role ${nameOf(holder)} and names another encryption than the bucket's KMS key: its uploads are denied. `
    + `The bucket policy cannot name the role, which is in another stack or waits for the bucket. Give the role a \`roleName\`, or let it use the key of the bucket. See ${flow.declaration.see}`);
}
