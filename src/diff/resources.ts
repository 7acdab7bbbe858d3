import type { Change, Concern, ResourceChange } from './document';
import { CONCERNS } from './document';
import { Consequence, consequenceOf, consequenceOfRemoval } from './effects';
import { isKeyOrAlias, KeyPropertyChange, keyPropertyChanges } from './key-properties';
import { Pair, rowChanges } from './rows';
import type { Sides } from './sides';
import { verdictChanges } from './verdicts';
import { rowOfType } from '../table/row-of-type';
import type { TemplateResource } from '../template/template';

const KEY_PAGE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-key.html';

/** What changes of the encryption of a resource that both sides have; `undefined` for nothing. */
export function resourceChange(pair: Pair, sides: Sides): ResourceChange | undefined {
  if (pair.old.type !== pair.new.type) { return otherType(pair, sides); }
  const ofKey = keyPropertyChanges(pair, sides);
  const rows = rowChanges(pair, sides);
  const verdicts = verdictChanges(pair);
  if (ofKey.length + rows.length + verdicts.length === 0) { return undefined; }
  const consequence = isKeyOrAlias(pair.new) ? ofKeys(ofKey) : consequenceOf(rows, [...rows, ...verdicts].some(({ about }) => about === 'at rest'), pair);
  const protection: Concern[] = [
    ...(verdicts.some((verdict) => verdict.protection === 'less') ? ['weakened' as const] : []),
    ...(verdicts.some((verdict) => verdict.protection === 'unknown') ? ['undetermined' as const] : []),
  ];
  const concern = worst([...(consequence.concern ? [consequence.concern] : []), ...protection]);
  return described(pair.new, { ...consequence, concern }, [...[...ofKey, ...rows].map(plain), ...verdicts], sides);
}

/** What of a resource that is gone has to be said. */
export function removedResource(resource: TemplateResource, sides: Sides): ResourceChange | undefined {
  const consequence = consequenceOfRemoval(resource, sides);
  return consequence && described(resource, consequence, [], sides);
}

/** @see https://github.com/aws/aws-sam-cli/issues/6786: "Update of resource type is not permitted" */
function otherType(pair: Pair, sides: Sides): ResourceChange | undefined {
  if (![pair.old, pair.new].some((resource) => isKeyOrAlias(resource) || rowOfType(resource.type))) { return undefined; }
  return described(pair.new, {
    effect: 'refused', concern: 'refused', data: 'CloudFormation refuses another type for a logical id that is there: the deployment fails, and nothing changes.',
  }, [{ about: 'at rest', property: 'Type', from: pair.old.type, to: pair.new.type }], sides);
}

function ofKeys(changes: readonly KeyPropertyChange[]): Consequence {
  const refused = changes.find(({ isRefused, isCertain }) => isRefused && isCertain);
  if (refused) { return { effect: 'refused', concern: 'refused', data: `KMS cannot change ${refused.property} of a key: the deployment fails, and nothing changes. Make a second key beside it.`, see: KEY_PAGE }; }
  const isOpen = changes.some(({ isCertain }) => !isCertain);
  if (changes.some(({ disables, isCertain }) => disables && isCertain)) {
    return { effect: 'in place', concern: 'lost', data: 'Nobody can use the key until it is enabled again: what is under it cannot be read, and nothing new be written.', see: 'https://docs.aws.amazon.com/kms/latest/developerguide/enabling-keys.html' };
  }
  if (changes.some(({ property }) => property === 'AliasName')) { return { effect: 'replaced', concern: 'undetermined', data: 'Whoever names the key by the old alias no longer finds it.' }; }
  if (changes.some(({ property }) => property === 'TargetKeyId')) {
    return { effect: 'in place', ...(isOpen ? { concern: 'undetermined' as const } : {}), data: 'Whoever names the alias uses the other key from then on. Data that is there stays under the old one.' };
  }
  return { effect: 'in place', ...(isOpen ? { concern: 'undetermined' as const } : {}), data: 'Data under the key stays readable.' };
}

function plain({ about, property, from, to, note }: Change): Change {
  return { about, property, from, to, ...(note === undefined ? {} : { note }) };
}

function worst(concerns: readonly Concern[]): Concern | undefined {
  return CONCERNS.find((concern) => concerns.includes(concern));
}

function described(
  resource: TemplateResource, { effect, concern, data, see }: Consequence, changes: readonly Change[], sides: Sides,
): ResourceChange {
  const { stack, file, lineOf } = sides.inputOf(resource);
  const line = lineOf(resource);
  return {
    resource: sides.nameOf(resource),
    logicalId: resource.logicalId,
    type: resource.type,
    ...(stack === undefined ? {} : { stack }),
    file,
    ...(line === undefined ? {} : { line }),
    effect,
    ...(concern === undefined ? {} : { concern }),
    changes,
    data,
    ...(see === undefined ? {} : { see }),
  };
}
