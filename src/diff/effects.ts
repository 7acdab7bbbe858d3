import { IN_PLACE, isStore, keepsNothing, NAME_OF, STAYS } from './data-of-types';
import type { Concern, Effect } from './document';
import { Fate, fateOf, fateOfRemoved, isStackGone, takesSnapshots } from './fate';
import { Pair, underKey } from './rows';
import type { Sides } from './sides';
import { isPartOfCluster } from '../checks/inventory';
import { pageOf } from '../everyservice/table-rules';
import type { Replaces } from '../table/row';
import { rowOfType } from '../table/row-of-type';
import type { TemplateResource } from '../template/template';

/** What a change does, and what that means for data. */
export interface Consequence {
  readonly effect: Effect;
  readonly concern?: Concern;
  readonly data: string;
  readonly see?: string;
}

/** A property that changes: whether it does for certain, and what that does to the resource. */
export interface Cause {
  readonly property: string;
  readonly isCertain: boolean;
  readonly replaces?: Replaces;
}

const UPDATE_REPLACE_POLICY = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatereplacepolicy.html';

/** What the changes of a resource come to; the worst decides. */
export function consequenceOf(causes: readonly Cause[], isAtRest: boolean, pair: Pair): Consequence {
  const by = (replaces: Replaces, isCertain: boolean) => causes.find((cause) => cause.replaces === replaces && cause.isCertain === isCertain);
  const refused = by('refused', true);
  if (refused) { return { effect: 'refused', concern: 'refused', data: `The service refuses to change ${refused.property} of a resource that is there: the deployment fails, and nothing changes.`, see: page(pair.new) }; }
  if (by('yes', true)) { return named(pair) ?? replaced(pair); }
  const open = by('maybe', true) ?? by('maybe', false) ?? by('yes', false) ?? by('refused', false);
  if (open) { return mayBeReplaced(pair, open); }
  return inPlace(pair.new, isAtRest, causes.some(({ isCertain }) => !isCertain));
}

/**
 * A resource that keeps a name of its own cannot be replaced.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-name.html
 */
function named({ old, new: found }: Pair): Consequence | undefined {
  const property = Object.hasOwn(NAME_OF, found.type) ? NAME_OF[found.type] : undefined;
  const [was, is] = [old, found].map((resource) => (property === undefined ? undefined : resource.get(property).literal()));
  if (was?.kind !== 'value' || is?.kind !== 'value' || was.text.toLowerCase() !== is.text.toLowerCase()) { return undefined; }
  return {
    effect: 'refused',
    concern: 'refused',
    data: `The change would replace it, and it keeps the name ${is.text} (${property}): the deployment fails, and nothing changes. With another name it is replaced by an empty one.`,
    see: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-name.html',
  };
}

function replaced({ new: found }: Pair): Consequence {
  const make = { effect: 'replaced' as const, see: UPDATE_REPLACE_POLICY };
  if (keepsNothing(found.type) || isPartOfCluster(found) || !rowOfType(found.type)?.atRest) { return { ...make, data: 'CloudFormation makes a new one and deletes the old one, which keeps no data of its own.' }; }
  switch (fateOf(found, 'UpdateReplacePolicy')) {
    case 'deleted': return {
      ...make,
      concern: 'lost',
      data: `CloudFormation makes a new, empty one and deletes the old one with its data (UpdateReplacePolicy: ${found.attribute('UpdateReplacePolicy').shown}). Copy the data first, or set UpdateReplacePolicy to Retain${takesSnapshots(found) ? ' or Snapshot' : ''}.`,
    };
    case 'snapshot': return { ...make, concern: 'left-behind', data: 'CloudFormation makes a new, empty one. The data stays in a snapshot of the old one (UpdateReplacePolicy: Snapshot).' };
    case 'kept': return { ...make, concern: 'left-behind', data: 'CloudFormation makes a new, empty one. The old one stays outside of the stack, with the data (UpdateReplacePolicy: Retain).' };
    case 'unknown': return { ...make, concern: 'undetermined', data: 'CloudFormation makes a new, empty one. UpdateReplacePolicy, which decides about the old one and its data, is not known.' };
  }
}

function mayBeReplaced(pair: Pair, { property, isCertain }: Cause): Consequence {
  const { concern, data, see } = named(pair) ?? replaced(pair);
  const why = isCertain ? `A change of ${property} may replace it: see AWS's page of the type` : `If ${property} changes, which the templates do not tell, it is replaced or refused`;
  return { effect: 'may be replaced', ...(concern ? { concern: 'undetermined' as const } : {}), data: `${why}. Then: ${data}`, see };
}

function inPlace(found: TemplateResource, isAtRest: boolean, isOpen: boolean): Consequence {
  const known = Object.hasOwn(IN_PLACE, found.type) ? IN_PLACE[found.type] : undefined;
  const concern = isOpen ? { concern: 'undetermined' as const } : {};
  if (!isAtRest) { return { effect: 'in place', ...concern, data: 'It holds for requests and connections from then on.' }; }
  return { effect: 'in place', ...concern, data: known?.data ?? STAYS, see: known?.see ?? page(found) };
}

const page = ({ type }: TemplateResource) => pageOf(type.replace(/^AWS::/, ''), rowOfType(type));

/** What becomes of the data of a resource that is gone; `undefined` where it kept none. */
export function consequenceOfRemoval(resource: TemplateResource, sides: Sides): Consequence | undefined {
  const isKey = resource.type === 'AWS::KMS::Key' || resource.type === 'AWS::KMS::ReplicaKey';
  if ((!isKey && !isStore(resource.type)) || isPartOfCluster(resource)) { return undefined; }
  const fate = fateOfRemoved(resource, sides);
  const when = isStackGone(resource, sides) ? 'Its stack is not in the new templates. When the stack is deleted: ' : '';
  const { concern, data } = isKey ? removedKey(resource, fate, sides) : removedStore(resource, fate);
  return {
    effect: 'removed',
    ...(concern ? { concern } : {}),
    data: `${when}${data}`,
    see: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html',
  };
}

function removedStore(resource: TemplateResource, fate: Fate): Pick<Consequence, 'concern' | 'data'> {
  const policy = `DeletionPolicy: ${resource.attribute('DeletionPolicy').shown}`;
  switch (fate) {
    case 'deleted': return {
      concern: 'lost',
      data: `CloudFormation deletes it with its data (${policy}).${resource.type === 'AWS::S3::Bucket' ? ' Of a bucket with objects in it the deletion fails, unless something empties it.' : ''}`,
    };
    case 'snapshot': return { concern: 'left-behind', data: `The data stays in a snapshot (${policy}).` };
    case 'kept': return { data: `It stays outside of the stack, with its data (${policy}).` };
    case 'unknown': return { concern: 'undetermined', data: 'DeletionPolicy, which decides about it and its data, is not known.' };
  }
}

function removedKey(key: TemplateResource, fate: Fate, sides: Sides): Pick<Consequence, 'concern' | 'data'> {
  const under = underKey(key, sides);
  const what = under.length > 0 ? `what is under it (${under.join(', ')})` : 'what is under it';
  switch (fate) {
    case 'kept': return { data: 'The key stays outside of the stack (DeletionPolicy: Retain).' };
    case 'unknown': return { concern: 'undetermined', data: `DeletionPolicy, which decides about the key and ${what}, is not known.` };
    default: return {
      concern: 'lost',
      data: `KMS stops every use of the key at once and deletes it after ${key.get('PendingWindowInDays').or(30).shown} days: ${what} can never be read again then (DeletionPolicy: ${key.attribute('DeletionPolicy').shown}).`,
    };
  }
}
