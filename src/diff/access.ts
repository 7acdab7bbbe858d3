import type { AccessChange, KeyChange } from './document';
import type { Side, Sides } from './sides';
import { isKey } from '../kms/keys';
import { placeOf } from '../policy/from-template';
import { Access, CAPABILITIES, Capability } from '../report/access';
import type { Asked } from '../report/estate-access';
import type { TemplateResource } from '../template/template';

const ALL = Object.keys(CAPABILITIES) as Capability[];

/** Who comes to keys, and to what is under them, and who no longer does. */
export function keyChanges(sides: Sides): KeyChange[] {
  const [olds, news] = [sides.old, sides.new].map((side) => askedIn(side, sides));
  const removed = namesOfRemoved(sides);
  const changed = [...news].flatMap(([id, asked]) => {
    const old = olds.get(id);
    if (!old) { return isKey(asked.resource) ? [added(asked, sides)] : []; }
    return isKey(asked.resource) || keyMoved(old, asked, sides) ? [compared(old, asked, sides, removed)] : [];
  });
  return changed.filter(({ gains, loses, changes }) => gains.length + loses.length + changes.length > 0);
}

/** What can be asked about, by the id of the resource. */
function askedIn(side: Side, sides: Sides): Map<string, Asked> {
  const all = side.allEstates.flatMap(({ asked }) => asked).map((asked) => [sides.idOf(asked.resource), asked] as const);
  return new Map(all.filter(([id]) => side.resource(id)));
}

/** Whether something is under another key than before. */
function keyMoved(old: Asked, found: Asked, sides: Sides): boolean {
  const [was, is] = [old, found].map(({ key }) => key && sides.idOf(key));
  return was !== is || (was === undefined && old.unknown !== found.unknown);
}

function whoIn(asked: Asked, side: Side): Access[] {
  return (isKey(asked.resource) ? ALL : ['decrypt', 'encrypt'] as const).flatMap((can) => side.estateOf(asked.resource).who(asked, can));
}

function added(asked: Asked, sides: Sides): KeyChange {
  const gains = whoIn(asked, sides.new).map((access) => gained(access, asked));
  return { ...described(asked.resource, sides), is: 'added', gains, loses: [], changes: [] };
}

function compared(old: Asked, found: Asked, sides: Sides, removed: ReadonlySet<string>): KeyChange {
  const [was, is] = [byParty(whoIn(old, sides.old)), byParty(whoIn(found, sides.new))];
  return {
    ...described(found.resource, sides),
    gains: [...is].filter(([party]) => !was.has(party)).map(([, access]) => gained(access, found)),
    loses: [...was].filter(([party]) => !is.has(party)).map(([, access]) => lost(access, found, is, removed)),
    changes: [...is].flatMap(([party, access]) => changedAccess(was.get(party), access, found)),
  };
}

/** One answer for each who and what. */
const byParty = (accesses: readonly Access[]) => new Map(accesses.map((access) => [[access.can, access.kind, access.who].join('\0'), access]));

const described = (resource: TemplateResource, sides: Sides) => {
  const { stack } = sides.inputOf(resource);
  return { of: sides.nameOf(resource), type: resource.type, ...(stack === undefined ? {} : { stack }) };
};

function plain({ of: _, ...access }: Access, { resource }: Asked): AccessChange {
  return { ...access, ...(isOutside(access, resource) ? { outside: true as const } : {}) };
}

/** Whether it is somebody of another account, and not one that the settings trust. */
function isOutside({ kind, who, account }: Omit<Access, 'of'>, { owner }: TemplateResource): boolean {
  const { accounts = [], organizations = [] } = owner.surroundings.trusted ?? {};
  if (kind === 'organization') { return !organizations.includes(who); }
  return kind === 'anybody' || (account !== undefined && account !== placeOf(owner).account && !accounts.includes(account));
}

function gained(access: Access, asked: Asked): AccessChange {
  return { ...plain(access, asked), ...(access.certainty === 'unknown' ? { concern: 'undetermined' as const } : {}) };
}

/** A role that is gone misses nothing; of what is not known nobody can tell whether it is lost. */
function lost(access: Access, asked: Asked, is: ReadonlyMap<string, Access>, removed: ReadonlySet<string>): AccessChange {
  if (removed.has(access.who)) { return { ...plain(access, asked), note: 'it is removed itself' }; }
  const isOpen = access.certainty === 'unknown' || [...is.values()].some(({ kind, can }) => kind === 'unknown' && can === access.can);
  return { ...plain(access, asked), concern: isOpen ? 'undetermined' : 'lost' };
}

/** The names of roles and users that are not on the new side. */
function namesOfRemoved(sides: Sides): Set<string> {
  return new Set(sides.old.resources.filter((resource) => /^AWS::IAM::(Role|User)$/.test(resource.type) && !sides.new.resource(sides.idOf(resource))).map((resource) => sides.nameOf(resource)));
}

const ORDER: readonly Access['certainty'][] = ['yes', 'conditional', 'unknown'];

/** Access that stays, in other requests than before: nothing to worry about where it needs no more than it did. */
function changedAccess(was: Access | undefined, access: Access, asked: Asked): AccessChange[] {
  if (!was) { return []; }
  const [before, now] = [requirements(was), requirements(access)];
  if (before.join() === now.join() && was.certainty === access.certainty) { return []; }
  const isWider = now.every((each) => before.includes(each)) && ORDER.indexOf(access.certainty) <= ORDER.indexOf(was.certainty);
  return [{ ...plain(access, asked), before: shownBefore(was, before), ...(isWider ? {} : { concern: 'undetermined' as const }) }];
}

function shownBefore({ certainty }: Access, needs: readonly string[]): string {
  return [certainty, ...needs].join(', ');
}

/** What a request must have. */
const requirements = ({ through, conditions }: Access): string[] => [...(through === undefined ? [] : [`through ${through}`]), ...conditions.map((each) => `if ${each}`)].sort();
