import { CfnResource } from 'aws-cdk-lib';
import { NO_STREAM_ENCRYPTION, writtenProperties } from './l1-properties';
import { isEncrypted, underCustomerKey } from './table-checks';
import { ownerPath } from '../private/errors';
import { warn } from '../private/warn';
import type { Verdict } from '../rules/rule';
import type { AtRestRow } from '../table/row';
import { Template } from '../template/template';

/** The CDK's own condition for streams is of Regions that take no key. */
const CONDITIONS = { [NO_STREAM_ENCRYPTION]: { 'Fn::Equals': ['in China', 'elsewhere'] } };

/** Warns where a property is chosen by a condition of the template, and is not under the key with every choice. */
export function tellOtherChoices(resource: CfnResource, rows: readonly AtRestRow[]): void {
  const Properties = writtenProperties(resource, rows.flatMap(topsOf));
  const template = new Template({ Conditions: CONDITIONS, Resources: { It: { Type: resource.cfnResourceType, Properties } } });
  if (template.conditions.areNone) { return; }
  const checks = [underCustomerKey(rows), isEncrypted(rows)];
  const scenarios = template.conditions.inEveryScenario(undefined, () => checks.map((check) => check(template.resource('It')!)).find(isBad)) ?? [];
  const found = scenarios.find(({ result, scenario }) => result !== undefined && scenario.size > 0);
  if (!found) { return; }
  const when = [...found.scenario].map(([name, holds]) => `${name} is ${holds}`).join(' and ');
  const { result: bad } = found;
  warn(resource, 'NotUnderKeyInEveryCase', `${ownerPath(resource)} is not under the KMS key where the condition ${when}: ${bad?.kind === 'fail' ? bad.detail : bad?.kind === 'undetermined' ? bad.reason : ''}. `
    + 'Set the encryption in both branches of `Fn::If`, or outside of it.');
}

const isBad = ({ kind }: Verdict) => kind === 'fail' || kind === 'undetermined';

const topsOf = ({ key, when, set, also, unencrypted, where }: AtRestRow) =>
  [key, when, ...Object.keys({ ...set, ...also, ...unencrypted, ...where })].flatMap((path) => (path === undefined || path.startsWith('.') ? [] : path.split(/[.[]/)[0]));
