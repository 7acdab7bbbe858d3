import type { Config } from './config';
import type { Source } from './source';
import { link, Member } from '../template/assembly';
import type { Template } from '../template/template';

/** The templates of sources that see each other, as those of one assembly do. */
export type Group = ReadonlyArray<readonly [source: Source, template: Template]>;

/** Sources by the groups in which they see each other, each with its template. */
export function linked(sources: readonly Source[], config: Config): Group[] {
  const groups = new Map<string, Source[]>();
  for (const source of sources) { groups.set(source.group, [...(groups.get(source.group) ?? []), source]); }
  return [...groups.values()].map((group) => linkedGroup(group, config));
}

function linkedGroup(group: readonly Source[], { trustedAccounts = [], trustedOrganizations = [] }: Config): Group {
  const members = new Map<Source, Member>();
  // Parents stand before their nested stacks.
  for (const source of group) {
    const parent = source.parent && { member: members.get(source.parent.source)!, logicalId: source.parent.logicalId };
    members.set(source, { stackName: source.stackName, account: source.account, region: source.region, json: source.template.json, parent });
  }
  const templates = link([...members.values()], { accounts: trustedAccounts, organizations: trustedOrganizations });
  return group.map((source) => [source, templates.get(members.get(source)!)!]);
}
