import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { urlSuffixIn } from './via-service';
import { partitionOf } from '../private/regions';
import { knownAtSynth } from '../private/tokens';

/** A statement as JSON text to paste into a policy: what the stack knows is filled in, and what only the deployment knows stands in angle brackets. */
export function pasteable(scope: IConstruct, statement: unknown): string {
  const { account, region } = Stack.of(scope);
  const known: Record<string, string | undefined> = {
    'AWS::Partition': knownAtSynth(region) === undefined ? 'aws' : partitionOf(region),
    'AWS::AccountId': knownAtSynth(account),
    'AWS::Region': knownAtSynth(region),
    'AWS::URLSuffix': (knownAtSynth(region) === undefined ? undefined : urlSuffixIn(region)?.suffix) ?? 'amazonaws.com',
  };
  const text = (value: unknown): unknown => {
    if (Array.isArray(value)) { return value.map(text); }
    if (typeof value !== 'object' || value === null) { return value; }
    const [[name, argument] = ['', undefined], ...others] = Object.entries(value);
    if (others.length === 0 && name === 'Ref') { return known[argument] ?? `<${String(argument).replace('AWS::', '')}>`; }
    if (others.length === 0 && name === 'Fn::GetAtt') { return `<${[argument].flat().join('.')}>`; }
    if (others.length === 0 && name === 'Fn::Join') { return argument[1].map(text).join(argument[0]); }
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, text(item)]));
  };
  return JSON.stringify(text(Stack.of(scope).resolve(statement)));
}
