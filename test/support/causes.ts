import { completeContext } from '../../src/policy/caller';
import { bindVariables, variablesIn } from '../../src/policy/compare';
import type { Request } from '../../src/policy/decide';

type Statement = Record<string, unknown>;

/** Generated policies, of a resource and of who calls. */
export interface Generated {
  readonly resource: unknown;
  readonly identity: readonly unknown[];
}

/** What the simulator does otherwise than AWS's pages say, as a change of the policies after which the engine decides as it does. */
interface Cause {
  readonly name: string;
  /** The statements as the simulator takes them; none where a condition does not hold for it. */
  readonly asSimulated: (statement: Statement, request: Request) => Statement[];
}

type Test = (operator: string, key: string, values: string[]) => boolean;

/** The condition of a statement, for which a test holds. */
function someCondition({ Condition = {} }: Statement, test: Test): boolean {
  return Object.entries(Condition as Record<string, Record<string, string | string[]>>)
    .some(([operator, keys]) => Object.entries(keys).some(([key, values]) => test(operator, key, [values].flat())));
}

const isIpv6 = (address: string) => address.includes(':');

/** A statement without blocks of /0: nothing is in such a block, and everything is outside of it. */
function withoutBlocksOfAll(statement: Statement): Statement[] {
  let never = false;
  const written = (statement.Condition ?? {}) as Record<string, Record<string, string | string[]>>;
  const Condition = Object.fromEntries(Object.entries(written).map(([operator, keys]) => {
    if (!/IpAddress/.test(operator)) { return [operator, keys]; }
    const kept = Object.entries(keys).map(([key, values]): [string, string[]] => [key, [values].flat().filter((value) => !value.endsWith('/0'))]);
    never ||= !/Not/.test(operator) && kept.some(([, values]) => values.length === 0);
    return [operator, Object.fromEntries(kept.filter(([, values]) => values.length > 0))];
  }));
  return never ? [] : [{ ...statement, Condition }];
}

export const CAUSES: readonly Cause[] = [
  {
    name: 'a variable without a value, under a negated operator',
    asSimulated: (statement, request) => {
      const context = completeContext(request.caller, request.context);
      return someCondition(statement, (operator, _, values) => /Not/.test(operator)
        && values.some((value) => variablesIn(value).length > 0 && bindVariables(value, context) === undefined)) ? [] : [statement];
    },
  },
  {
    name: 'a block of /0, taken for no address',
    asSimulated: (statement) => withoutBlocksOfAll(statement),
  },
  {
    name: 'an address of another family, under NotIpAddress',
    asSimulated: (statement, { caller, context }) => (someCondition(statement, (operator, key, values) => {
      const [address] = completeContext(caller, context).get(key.toLowerCase()) ?? [];
      return /NotIpAddress/.test(operator) && address !== undefined && values.some((value) => isIpv6(value) !== isIpv6(address));
    }) ? [] : [statement]),
  },
  {
    name: 'NotPrincipal that excepts a role without its account',
    asSimulated: (statement) => {
      const { AWS } = (statement.NotPrincipal ?? {}) as { AWS?: string | string[] };
      if (AWS === undefined) { return [statement]; }
      const accounts = [AWS].flat().flatMap((arn) => /^arn:[^:]*:(?:iam|sts)::(\d{12}):(?!root$)/.exec(arn)?.[1] ?? []);
      const NotPrincipal = { ...statement.NotPrincipal as Statement, AWS: [...[AWS].flat(), ...accounts] };
      return accounts.length === 0 ? [statement] : [{ ...statement, NotPrincipal }];
    },
  },
];

function changed(policy: unknown, change: (statement: Statement) => Statement[]): unknown {
  const { Statement: statements = [] } = policy as { Statement?: Statement | Statement[] };
  return { ...policy as Statement, Statement: [statements].flat().flatMap(change) };
}

/** The policies as the simulator takes them, for one cause or several. */
export function asSimulated(causes: readonly Cause[], { resource, identity }: Generated, request: Request): Generated {
  const change = (statement: Statement) =>
    causes.reduce((statements, cause) => statements.flatMap((each) => cause.asSimulated(each, request)), [statement]);
  return { resource: changed(resource, change), identity: identity.map((policy) => changed(policy, change)) };
}
