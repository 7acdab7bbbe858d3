import { pairStacks, StackSource } from '../../src/diff/stacks';

const source = (name: string, more: Partial<StackSource> = {}, ...resources: string[]): StackSource & { readonly name: string } => ({
  name, file: `/cdk.out/${name}.template.json`, template: { json: { Resources: Object.fromEntries(resources.map((id) => [id, { Type: 'AWS::SQS::Queue' }])) } }, ...more,
});
const stack = (stackName: string, account?: string, region?: string) => source(stackName, { stackName, account, region });
type Named = ReturnType<typeof source>;

/** Which of the old are which of the new ones. */
function pairs(olds: readonly Named[], news: readonly Named[]): string[] {
  const { idOf, old, new: found } = pairStacks(olds, news);
  return old.map((each) => `${each.name} → ${found.filter((other) => idOf.get(other) === idOf.get(each)).map(({ name }) => name).join(', ') || 'none'}`);
}

describe('stacks of two assemblies', () => {
  test('are paired by name', () => {
    expect(pairs([stack('A'), stack('B')], [stack('B'), stack('C')])).toEqual(['A → none', 'B → B']);
  });

  test('are paired by account and Region, where several have the name', () => {
    const [us, eu] = ['us-east-1', 'eu-west-1'].map((region) => source(`A ${region}`, { stackName: 'A', account: '111122223333', region }));
    expect(pairs([us, eu], [eu, us])).toEqual(['A us-east-1 → A us-east-1', 'A eu-west-1 → A eu-west-1']);
  });

  test('are paired by name alone, where one side does not know the account', () => {
    expect(pairs([stack('A')], [stack('A', '111122223333', 'us-east-1')])).toEqual(['A → A']);
  });

  test('bring their nested stacks along, by logical id', () => {
    const [above, other] = [stack('A'), stack('A')];
    const nested = (name: string, parent: Named, logicalId: string) => source(name, { parent: { source: parent, logicalId } });
    expect(pairs([above, nested('x1', above, 'X'), nested('y1', above, 'Y')], [other, nested('y2', other, 'Y'), nested('x2', other, 'X')])).toEqual(['A → A', 'x1 → x2', 'y1 → y2']);
  });
});

describe('a single template', () => {
  test('is paired with another one, whatever they are called', () => {
    expect(pairs([source('old')], [source('new')])).toEqual(['old → new']);
  });

  test('is paired with the stack of its name, and the others are left out', () => {
    const [deployed, apps] = [source('Orders'), [stack('Network'), stack('Orders')]];
    expect(pairs([deployed], apps)).toEqual(['Orders → Orders']);
    expect(pairStacks<Named>([deployed], apps).leftOut.map(({ name }) => name)).toEqual(['Network']);
    expect(pairStacks<Named>(apps, [deployed]).leftOut.map(({ name }) => name)).toEqual(['Network']);
  });

  test('of another name is paired with the stack that has its resources', () => {
    const deployed = source('deployed', {}, 'Queue', 'DeadLetters');
    expect(pairs([deployed], [source('Network', { stackName: 'Network' }, 'Vpc'), source('Orders', { stackName: 'Orders' }, 'Queue', 'More')])).toEqual(['deployed → Orders']);
  });

  test('that is like no stack is paired with none', () => {
    expect(pairs([source('deployed', {}, 'A')], [source('X', { stackName: 'X' }, 'B'), source('Y', { stackName: 'Y' }, 'C')])).toEqual(['deployed → none']);
  });
});

test('templates of two folders are paired by their names', () => {
  expect(pairs([source('a'), source('b')], [source('b'), source('a')])).toEqual(['a → a', 'b → b']);
});
