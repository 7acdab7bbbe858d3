import { globKindOf, variablesIn } from './compare';
import { conditionKey } from './condition-keys';
import type { Constraint } from './constraints';
import { HOLE } from './glob';
import { OWN_ORGANIZATION } from './physical-names';
import type { Given } from './question';
import type { Condition } from './statement';
import type { Who } from './who';

/** What is known of the resource: keys and values. */
type Found = Array<readonly [key: string, values: readonly string[]]>;

/** Constraints as a solver can take them, and what the request has for sure. */
export interface Prepared {
  readonly constraints: readonly Constraint[];
  readonly ofResource?: Readonly<Found>;
}

interface Asked {
  readonly account: string;
  readonly given?: Given;
  readonly fresh?: RegExp;
}

/** Whether something in constraints is known only with the request, or with the deployment. */
export function isOpen(constraints: readonly Constraint[]): boolean {
  return constraints.some(({ condition: { values } }) => values.some((value) => value.includes('${') || value.includes(HOLE)));
}

/** Constraints with everything in them that does not have to be searched: what the resource is, and what names somebody exactly. */
export function prepare(constraints: readonly Constraint[], who: Who, asked: Asked): Prepared {
  const ofResource: Found = [];
  const hasOrganization = constraints
    .some(({ condition: { key, values } }) => key === RESOURCE_ORGANIZATION && !values.every(isCallersOrganization));
  const prepared = constraints.map((constraint) => {
    const turned = hasOrganization ? constraint : { ...constraint, condition: turnedRound(constraint.condition) };
    return withoutExactNames(withResource(turned, asked.account, hasOrganization, ofResource), who, asked);
  });
  return { constraints: prepared, ofResource };
}

const RESOURCE_ORGANIZATION = 'aws:resourceorgid';
const isCallersOrganization = (value: string) => /^\$\{aws:PrincipalOrgID\}$/i.test(value);

/** That the resource's organization is the caller's says the same as that the caller's is the resource's. */
function turnedRound(condition: Condition): Condition {
  const { key, operator, values } = condition;
  const isTurned = key === RESOURCE_ORGANIZATION && !operator.ifExists && operator.family === 'text' && values.length > 0 && values.every(isCallersOrganization);
  return isTurned ? { ...condition, key: 'aws:principalorgid', values: [`\${${RESOURCE_ORGANIZATION}}`] } : condition;
}

function withResource(constraint: Constraint, account: string, hasOrganization: boolean, found: Found): Constraint {
  const { condition } = constraint;
  const values = condition.values.map((value) => value.replace(OF_RESOURCE, (variable, key: string) => {
    const isOrganization = key.toLowerCase() === RESOURCE_ORGANIZATION;
    if (isOrganization && hasOrganization) { return variable; }
    const own = isOrganization ? OWN_ORGANIZATION : account;
    found.push([key.toLowerCase(), [own]]);
    return own;
  }));
  return { ...constraint, condition: { ...condition, values } };
}

/** Variables for what is the same in every request about a resource. */
const OF_RESOURCE = /\$\{((?:aws|s3):ResourceAccount|aws:ResourceOrgID)\}/gi;

/**
 * A constraint without the values that name somebody, or something, exactly, whatever the deployment or the caller's tags make of them: an account, an
 * organization, an endpoint, which no stranger has. Where a pattern may stand there it may be a star.
 */
function withoutExactNames(constraint: Constraint, who: Who, { given, fresh }: Asked): Constraint {
  const { condition, wanted } = constraint;
  const { key, operator, values } = condition;
  if (wanted === operator.negated || given?.has(key)) { return constraint; }
  const isFresh = fresh?.test(key) === true;
  const isAssigned = isFresh || (who.isStranger && ASSIGNED.includes(conditionKey(key)?.owner));
  const isExact = ['literal', 'ignoring case'].includes(globKindOf(operator) ?? '');
  const isOne = (value: string) => isExact || !/[*?]/.test(value.replace(/\$\{[^}]*\}/g, ''));
  const names = (value: string) => (isExact && isAssigned && value.includes(HOLE)) || (isFresh && variablesIn(value).length > 0 && isOne(value));
  return values.some(names) ? { ...constraint, condition: { ...condition, values: values.filter((value) => !names(value)) } } : constraint;
}

/** What AWS decides, and nobody chooses. */
const ASSIGNED: ReadonlyArray<string | undefined> = ['account', 'network', 'service'];
