import type { Config } from './config';
import type { Source } from './source';
import { link, Member } from '../template/assembly';
import type { Template } from '../template/template';

const known = new WeakMap<readonly Source[], Array<[Source, Template]>>();

/** The templates of sources that see each other: those of one assembly. Worked out once for a group. */
export function linked(group: readonly Source[], config: Config): Array<[Source, Template]> {
  const found = known.get(group) ?? linkedAnew(group, config);
  known.set(group, found);
  return found;
}

function linkedAnew(group: readonly Source[], { trustedAccounts = [], trustedOrganizations = [] }: Config): Array<[Source, Template]> {
  const members = new Map<Source, Member>();
  // Parents stand before their nested stacks.
  for (const source of group) {
    const parent = source.parent && { member: members.get(source.parent.source)!, logicalId: source.parent.logicalId };
    members.set(source, { stackName: source.stackName, account: source.account, region: source.region, json: source.template.json, parent });
  }
  const templates = link([...members.values()], { accounts: trustedAccounts, organizations: trustedOrganizations });
  return group.map((source) => [source, templates.get(members.get(source)!)!]);
}

/** Sources by the group in which they see each other. */
export function groupsOf(sources: readonly Source[]): Source[][] {
  const groups = new Map<string, Source[]>();
  for (const source of sources) { groups.set(source.group, [...(groups.get(source.group) ?? []), source]); }
  return [...groups.values()];
}

/** A resource as a person knows it: by its construct's path, or by its logical id where nobody knows that. */
export function namedIn(source: Source, { path, logicalId }: { readonly path?: string; readonly logicalId: string }): string {
  const id = source.within === undefined ? logicalId : `${source.within}/${logicalId}`;
  return (path ?? source.paths.get(logicalId))?.replace(/\/(Resource|Default)$/, '') ?? id;
}
