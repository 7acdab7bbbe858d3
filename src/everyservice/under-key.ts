import { CfnResource, Stack } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { IConstruct } from 'constructs';
import { grantToCallers } from './activity-callers';
import { registerKey } from './encrypted-resources';
import { tellOtherChoices } from './in-every-case';
import { completeKeyPolicy } from './key-policies';
import { propertiesNow, write, Writes } from './l1-properties';
import { grantToRole } from './roles';
import { Intent, intentOf } from './row-intent';
import { Completion } from '../completion/registry';
import type { Kind } from '../flows/kind';
import { nearestKey } from '../kms/near';
import { EncryptionError, ownerPath } from '../private/errors';
import { knownAtSynth } from '../private/tokens';
import { warn } from '../private/warn';
import type { AtRestRow } from '../table/row';
import { rowOfType } from '../table/row-of-type';

/** Types whose writers and readers, or whoever launches from them, need the key. */
const TARGETS: Readonly<Record<string, Kind>> = { 'AWS::Kinesis::Stream': 'stream', 'AWS::EC2::LaunchTemplate': 'volume' };

/** What the mixin and the defaults do differently. */
export interface Door {
  /** The key for a resource, asked for only where something changes; `undefined` where it stays as it is. */
  readonly keyFor: () => kms.IKeyRef | undefined;
  /** Whether CloudFormation may replace the resource for this. */
  readonly mayReplace: (intent: Intent) => boolean;
  /** Whether what the resource says itself may be changed. */
  readonly mayOverride: (intent: Intent) => boolean;
  /** What becomes of a resource whose role cannot be given the key here. */
  readonly roleWithoutKey: (error: EncryptionError) => void;
  readonly isOneOfMany: () => boolean;
}

/** The rows of a construct's type that can be set. */
export function rowsOf(construct: IConstruct): readonly AtRestRow[] {
  if (!CfnResource.isCfnResource(construct)) { return []; }
  return (rowOfType(construct.cfnResourceType)?.atRest ?? []).filter(({ optional, leftOut }) => !optional && leftOut !== 'bucket' && leftOut !== 'parent');
}

/** Puts a resource under a key as the rows say, and gives the key to whoever the service acts with. */
export function putUnderKey(resource: CfnResource, rows: readonly AtRestRow[], door: Door): void {
  const now = propertiesNow(resource, pathsOf(rows));
  const intents = rows.flatMap((row) => intentOf(now, row).map((intent) => ({ ...intent, row })));
  const wanted = intents.filter((intent) => intent.changes && decidesItself(resource, intent) && isHere(resource, intent))
    .filter((intent) => (intent.replaces === undefined || door.mayReplace(intent)) && (intent.says === undefined || door.mayOverride(intent)));
  if (wanted.length === 0) { return tellOtherChoices(resource, judged(rows, intents, [])); }
  const given = door.keyFor();
  if (!given) { return; }
  const key = nearestKey(given, resource);
  const namesKey = wanted.some((intent) => intent.namesKey);
  const error = namesKey ? grantToRole(resource, key) : undefined;
  if (error) { door.roleWithoutKey(error); }
  const writes: Writes = new Map();
  for (const intent of wanted) { intent.writes(key.keyRef.keyArn).forEach((value, path) => writes.set(path, value)); }
  write(resource, writes);
  tellOtherChoices(resource, judged(rows, intents, wanted));
  if (!namesKey) { return; }
  completeKeyPolicy(resource, wanted.flatMap(({ keyPolicy }) => keyPolicy ?? []), given);
  registerKey(resource, key);
  if (resource.cfnResourceType === 'AWS::StepFunctions::Activity') { grantToCallers(resource, key); }
  const kind = TARGETS[resource.cfnResourceType];
  if (kind) { Completion.of(resource).protect({ resource, kind, isOneOfMany: door.isOneOfMany, keyArn: () => key.keyRef.keyArn }); }
}

type IntentOfRow = Intent & { readonly row: AtRestRow };

/** The rows of which nothing was left out for a reason, which is told. */
const judged = (rows: readonly AtRestRow[], intents: readonly IntentOfRow[], done: readonly IntentOfRow[]) =>
  rows.filter((row) => intents.every((intent) => intent.row !== row || !intent.changes || done.includes(intent)));

const pathsOf = (rows: readonly AtRestRow[]) => rows.flatMap(({ key = '', set, also, unencrypted, when = '', where, inherits = [], region = '' }) =>
  [key, when, region, ...inherits, ...Object.keys({ ...set, ...also, ...unencrypted, ...where })].filter((path) => !path.startsWith('.')));

/** Snapshots and sources bring their key with them. */
function decidesItself(resource: CfnResource, { inherited, property }: Intent): boolean {
  if (inherited === undefined) { return true; }
  warn(resource, 'KeyIsInherited', `${ownerPath(resource)}: '${property}' was not set, because '${inherited}' decides under which key the data is.`);
  return false;
}

/** A key that is to be in another Region is not set here. */
function isHere(resource: CfnResource, { region, property }: Intent): boolean {
  if (region === undefined || (region !== 'elsewhere' && region === knownAtSynth(Stack.of(resource).region))) { return true; }
  warn(resource, 'KeyElsewhereNotSet', `${ownerPath(resource)}: '${property}' was not set, because it names a key of ${region === 'elsewhere' ? 'another Region or account' : region}. Set it to a key there.`);
  return false;
}

/** What a change that is not in place does to a resource that is there. */
export const effectOf = ({ replaces }: Intent): string => ({
  yes: 'makes CloudFormation replace the resource by an empty one',
  maybe: 'may make CloudFormation replace the resource by an empty one',
  refused: 'is refused by the service for a resource that is there',
}[replaces!]);
