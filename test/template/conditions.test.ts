import { parseYaml } from '../../src/cli/parse-yaml';
import { Conditions } from '../../src/template/conditions';
import { Template } from '../../src/template/template';
import type { Json } from '../../src/template/values';

const PARAMETERS = 'Env: {Type: String}, Stage: {Type: String, AllowedValues: [dev, prod]}, Set: {Type: String, Default: dev}, Answer: {Type: String, Default: yes}';

/** What a property comes to in each scenario, given that a condition holds. */
function scenarios(conditions: string, value: string, given?: string): unknown[] | undefined {
  const template = new Template(parseYaml(`
Parameters: {${PARAMETERS}}
Conditions: {${conditions}}
Resources: {It: {Type: T, Condition: ${given ?? 'None'}, Properties: {A: ${value}}}}`, 'a.yaml').json as Json);
  return template.conditions.inEveryScenario(given, () => template.resource('It')!.get('A').shown)?.map(({ result }) => result);
}

test.each<[string, string, string, string | undefined, unknown[]]>([
  ['both ways where only the deployment decides', 'Prod: !Equals [!Ref Env, prod]', '!If [Prod, 1, 2]', undefined, ['1', '2']],
  ['a condition that the resource is made under', 'Prod: !Equals [!Ref Env, prod]', '!If [Prod, 1, 2]', 'Prod', ['1']],
  ['its opposite', 'Prod: !Equals [!Ref Env, prod], NotProd: !Not [!Condition Prod]', '!If [NotProd, 1, 2]', 'Prod', ['2']],
  ['what it is the opposite of', 'Prod: !Equals [!Ref Env, prod], NotProd: !Not [!Condition Prod]', '!If [Prod, 1, 2]', 'NotProd', ['2']],
  ['the same comparison under another name', 'Prod: !Equals [!Ref Env, prod], Also: !Equals [prod, !Ref Env]', '!If [Also, 1, 2]', 'Prod', ['1']],
  ['one value of a parameter at a time', 'Prod: !Equals [!Ref Env, prod], Dev: !Equals [!Ref Env, dev]', '!If [Dev, 1, 2]', 'Prod', ['2']],
  ['a value that is not among the allowed ones', 'Test: !Equals [!Ref Stage, test]', '!If [Test, 1, 2]', undefined, ['2']],
  ['the last of the allowed values', 'Prod: !Equals [!Ref Stage, prod], Dev: !Equals [!Ref Stage, dev]', '!If [Prod, 1, !If [Dev, 2, 3]]', undefined, ['1', '2']],
  ['two conditions of one', 'Prod: !Equals [!Ref Env, prod], Here: !Equals [!Ref AWS::Region, eu-west-1], Both: !And [!Condition Prod, !Condition Here]', '!If [Here, 1, 2]', 'Both', ['1']],
  ['one of two conditions', 'Prod: !Equals [!Ref Env, prod], Here: !Equals [!Ref AWS::Region, eu-west-1], One: !Or [!Condition Prod, !Condition Here]', '!If [Here, 1, 2]', 'One', ['1', '2', '1']],
  ['a resource that defaults would leave out', 'Prod: !Equals [!Ref Set, prod], NotProd: !Not [!Condition Prod]', '!If [NotProd, 1, 2]', 'Prod', ['2']],
  ['a parameter that is compared with itself', 'Same: !Equals [!Ref Env, !Ref Env]', '!If [Same, 1, 2]', undefined, ['1']],
  ['two values of which nothing is known', 'Same: !Equals [!Ref Env, !Ref Stage]', '!If [Same, 1, 2]', undefined, ['1', '2']],
  ['another spelling of true, which YAML 1.1 may mean', 'On: !Equals [!Ref Answer, "true"]', '!If [On, 1, 2]', undefined, ['1', '2']],
  ['a condition that is defined by itself', 'A: !Condition B, B: !Not [!Condition A]', '!If [A, 1, 2]', undefined, ['2', '1']],
  ['a condition that nobody defines', 'A: !Condition Nowhere', '!If [A, 1, 2]', undefined, ['1', '2']],
])('%s', (_, conditions, value, given, expected) => {
  expect(scenarios(`None: !Equals [a, b], ${conditions}`, value, given)).toEqual(expected);
});

test('a resource that is always left out is judged as if it were made', () => {
  expect(scenarios('None: !Equals [a, b]', '!If [None, 1, 2]', 'None')).toEqual(['1']);
});

test('what asks about no condition is looked at once, whatever the resource depends on', () => {
  const open = Object.fromEntries([...'abcdefgh'].map((name) => [name, { 'Fn::Equals': [{ Ref: name }, 'x'] }]));
  const conditions = new Conditions({ ...open, Any: { 'Fn::Or': Object.keys(open).map((Condition) => ({ Condition })) } }, () => ({}), false);
  const work = jest.fn();
  expect(conditions.inEveryScenario('Any', work)).toHaveLength(1);
  expect(work).toHaveBeenCalledTimes(1);
});
