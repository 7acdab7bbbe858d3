import { CfnResource } from 'aws-cdk-lib';
import { NO_STREAM_ENCRYPTION, writtenProperties } from './l1-properties';
import { isEncrypted, underCustomerKey } from './table-checks';
import { ownerPath } from '../private/errors';
import { warn } from '../private/warn';
import type { AtRestRow } from '../table/row';
import { Template } from '../template/template';
import { isObject } from '../template/values';

/** More conditions in one resource are not tried in all their combinations. */
const MOST_CONDITIONS = 4;

/** Warns where a property is chosen by a condition of the template, and is not under the key with every choice. */
export function tellOtherChoices(resource: CfnResource, rows: readonly AtRestRow[]): void {
  const properties = writtenProperties(resource, rows.flatMap(topsOf));
  // The CDK's own condition for streams is of Regions that take no key.
  const conditions = [...conditionsIn(properties)].filter((name) => name !== NO_STREAM_ENCRYPTION);
  if (conditions.length === 0) { return; }
  const checks = [underCustomerKey(rows), isEncrypted(rows)];
  for (const choice of choices(conditions.slice(0, MOST_CONDITIONS))) {
    const made = new Template({ Resources: { It: { Type: resource.cfnResourceType, Properties: chosen(properties, choice) } } }).resource('It')!;
    const [bad] = checks.map((check) => check(made)).filter(({ kind }) => kind === 'fail' || kind === 'undetermined');
    if (!bad) { continue; }
    const when = [...choice].map(([name, holds]) => `${name} is ${holds}`).join(' and ');
    warn(resource, 'NotUnderKeyInEveryCase', `${ownerPath(resource)} is not under the KMS key where the condition ${when}: ${'detail' in bad ? bad.detail : 'reason' in bad ? bad.reason : ''}. `
      + 'Set the encryption in both branches of `Fn::If`, or outside of it.');
    return;
  }
}

const topsOf = ({ key, when, set, also, unencrypted, where }: AtRestRow) =>
  [key, when, ...Object.keys({ ...set, ...also, ...unencrypted, ...where })].flatMap((path) => (path === undefined || path.startsWith('.') ? [] : path.split(/[.[]/)[0]));

function conditionsIn(json: unknown, found = new Set<string>()): Set<string> {
  if (Array.isArray(json)) { json.forEach((each) => conditionsIn(each, found)); } else if (isObject(json)) {
    const choice = json['Fn::If'];
    if (Array.isArray(choice) && typeof choice[0] === 'string') { found.add(choice[0]); }
    Object.values(json).forEach((each) => conditionsIn(each, found));
  }
  return found;
}

function choices([first, ...others]: readonly string[]): Array<Map<string, boolean>> {
  if (first === undefined) { return [new Map()]; }
  return choices(others).flatMap((rest) => [true, false].map((holds) => new Map([[first, holds], ...rest])));
}

/** What a deployment makes of properties where the conditions hold or not. */
function chosen(json: unknown, choice: ReadonlyMap<string, boolean>): unknown {
  if (Array.isArray(json)) { return json.map((each) => chosen(each, choice)).filter((each) => !isNothing(each)); }
  if (!isObject(json)) { return json; }
  const branches = json['Fn::If'];
  if (Array.isArray(branches) && choice.has(branches[0])) { return chosen(branches[choice.get(branches[0]) ? 1 : 2], choice); }
  return Object.fromEntries(Object.entries(json).map(([name, value]) => [name, chosen(value, choice)]).filter(([, value]) => !isNothing(value)));
}

const isNothing = (json: unknown) => isObject(json) && json.Ref === 'AWS::NoValue';
