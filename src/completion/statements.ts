import { Aws, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import type { Conditions } from '../flows/flow';
import type { KeyStatement } from '../flows/needs';
import { pasteable } from '../statements/pasteable';

/** A statement of a key policy as the CDK writes it, in the stack of `scope`. */
export function toPolicyStatement(statement: KeyStatement, scope: IConstruct): iam.PolicyStatement {
  const { account, region } = Stack.of(scope);
  const tokens: Record<string, string> = { 'AWS::Partition': Aws.PARTITION, 'AWS::AccountId': account, 'AWS::Region': region, 'AWS::URLSuffix': Aws.URL_SUFFIX, 'AWS::StackName': Aws.STACK_NAME };
  const text = (value: string) => value.replace(/\$\{(AWS::\w+)\}/g, (all, name: string) => tokens[name] ?? all);
  const { principal } = statement;
  return new iam.PolicyStatement({
    sid: statement.sid,
    principals: ['Service' in principal ? new iam.ServicePrincipal(text(principal.Service)) : principal.AWS === '*' ? new iam.AnyPrincipal() : new iam.ArnPrincipal(text(principal.AWS))],
    actions: [...statement.actions],
    resources: ['*'],
    conditions: mapConditions(statement.conditions, text),
  });
}

/** The same as JSON to paste. */
export function toJsonText(statement: KeyStatement, scope: IConstruct): string {
  return pasteable(scope, toPolicyStatement(statement, scope).toJSON());
}

function mapConditions(conditions: Conditions, text: (value: string) => string): Conditions {
  return Object.fromEntries(Object.entries(conditions).map(([operator, operands]) => [operator,
    Object.fromEntries(Object.entries(operands).map(([key, value]) => [key, Array.isArray(value) ? value.map(text) : text(value)]))]));
}

/** What the deployment knows, as the CDK writes it. */
export function withTokens(text: string): string {
  return text.replace('${AWS::Region}', Aws.REGION).replace('${AWS::URLSuffix}', Aws.URL_SUFFIX);
}

/** One statement a service, as far as the conditions are of the same kind. */
export function merged(statements: readonly KeyStatement[]): KeyStatement[] {
  const groups = new Map<string, KeyStatement[]>();
  for (const statement of statements) {
    const { principal, actions, conditions } = statement;
    const shape = JSON.stringify([principal, actions, Object.entries(conditions).map(([operator, operands]) => [operator, Object.keys(operands)])]);
    groups.set(shape, [...(groups.get(shape) ?? []), statement]);
  }
  return [...groups.values()].flatMap((group) => {
    const distinct = [...new Map(group.map((each) => [JSON.stringify(each.conditions), each])).values()];
    // Values of two conditions belong together: one account's ARN must not go with another account.
    const single = Object.values(group[0].conditions).flatMap((operands) => Object.keys(operands)).length === 1;
    return single ? [{ ...group[0], conditions: union(distinct.map(({ conditions }) => conditions)) }] : distinct;
  });
}

function union(all: readonly Conditions[]): Conditions {
  const [first] = all;
  return Object.fromEntries(Object.entries(first).map(([operator, operands]) => [operator, Object.fromEntries(Object.keys(operands).map((key) => {
    const values = [...new Set(all.flatMap((each) => each[operator]?.[key] ?? []))];
    return [key, values.length === 1 ? values[0] : values];
  }))]));
}
