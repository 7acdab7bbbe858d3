import { buildDiff } from '../../src/diff/build';
import type { DiffDocument, DiffInput, ResourceChange } from '../../src/diff/document';
import { link, Member } from '../../src/template/assembly';
import type { Json } from '../../src/template/values';

export const ACCOUNT = '111122223333';

/** A stack of a side: its template, and the nested stack in which it is, by the name of the stack above and the logical id there. */
export interface DiffStack {
  readonly json: Json;
  readonly in?: readonly [stack: string, logicalId: string];
}

export type Stacks = Readonly<Record<string, DiffStack>>;

function inputsOf(stacks: Stacks): DiffInput[][] {
  const members = new Map<string, Member>();
  for (const [name, { json, in: above }] of Object.entries(stacks)) {
    members.set(name, {
      json, stackName: above ? undefined : name, account: ACCOUNT, region: 'us-east-1', parent: above && { member: members.get(above[0])!, logicalId: above[1] },
    });
  }
  const templates = link([...members.values()]);
  return [[...members].map(([name, member]): DiffInput => ({
    template: templates.get(member)!, id: name, stack: name, file: `${name}.json`, written: member.json, nameOf: ({ logicalId }) => logicalId, lineOf: () => undefined,
  }))];
}

/** What changes between two apps of several stacks. */
export const diffedStacks = (old: Stacks, found: Stacks): DiffDocument => buildDiff(inputsOf(old), inputsOf(found));

/** What changes between the resources of a stack. */
export const diffed = (old: object, found: object, more: object = {}): DiffDocument =>
  diffedStacks({ S: { json: { Resources: old, ...more } as Json } }, { S: { json: { Resources: found, ...more } as Json } });

/** What changes of one resource, of which the properties are given: with what else there is on both sides. */
export function changed(
  Type: string, old: object, found: object, { attributes = {}, others = {} }: { readonly attributes?: object; readonly others?: object } = {},
): ResourceChange | undefined {
  const resource = (Properties: object) => ({ It: { Type, Properties, ...attributes }, ...others });
  return diffed(resource(old), resource(found)).resources.find(({ logicalId }) => logicalId === 'It');
}

export const allow = (principal: object | string, action: string | string[], more: object = {}) => ({ Effect: 'Allow', Principal: principal, Action: action, Resource: '*', ...more });
export const DELEGATES = allow({ AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' } }, 'kms:*', { Sid: 'Account' });
export const keyWith = (...statements: object[]) => ({ Type: 'AWS::KMS::Key', Properties: { KeyPolicy: { Statement: statements } } });
export const KEY = keyWith(DELEGATES);
export const ARN = (key: string) => ({ 'Fn::GetAtt': [key, 'Arn'] });
