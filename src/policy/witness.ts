import { accountOf } from './caller';
import type { Request } from './decide';
import { shown } from './physical-names';
import type { Answer } from './question';
import { nameOf, Statement } from './statement';
import type { Who } from './who';

/** A request that would be allowed, as a report shows it. */
export interface Witness {
  /** The ARN of a principal, a service, or `anonymous`. */
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  /** What the request has of the condition keys that matter. */
  readonly context: Readonly<Record<string, readonly string[]>>;
  /** The statement that allows it. */
  readonly statement?: string;
}

export function witnessOf(answer: Answer): Witness | undefined {
  if (answer.answer === 'no' || !answer.witness) { return undefined; }
  const { caller, action, resource, context } = answer.witness;
  return {
    principal: caller.kind === 'identity' ? shown(caller.arn) : caller.kind === 'anonymous' ? 'anonymous' : shown(caller.name),
    action,
    resource: shown(resource),
    context: Object.fromEntries([...context].map(([key, values]) => [key, values.map(shown)])),
    ...(answer.statement && answer.statement.position > 0 ? { statement: nameOf(answer.statement) } : {}),
  };
}

/** What a question found. */
interface Found {
  readonly witness: Request;
  readonly who?: Who;
  readonly statement?: Statement;
}

/** A witness in one line: who may do what, under which conditions, by which statement. */
export function sentenceOf({ witness, who, statement }: Found, account: string): string {
  const conditions = [...witness.context].map(([key, values]) => `${key} = ${values.map(shown).join(', ')}`);
  const by = statement && statement.position > 0 ? ` (${nameOf(statement)})` : '';
  return `${whoIs(witness, who, account)} may call ${witness.action}${conditions.length > 0 ? ` with ${conditions.slice(0, 3).join(' and ')}` : ''}${by}`;
}

function whoIs({ caller }: Request, who: Who | undefined, account: string): string {
  switch (caller.kind) {
    case 'anonymous': return 'anybody, without credentials,';
    case 'service': return `${caller.name === 'any-service.amazonaws.com' ? 'an AWS service' : shown(caller.name)}${who?.isStranger ? ', for whoever uses it,' : ''}`;
    case 'identity': {
      const [, kind = 'principal', name] = /:(role|user|root)\/?(.*)$/.exec(caller.arn) ?? [];
      const what = kind === 'root' ? 'the root user' : name?.startsWith('any-') || who?.isStranger ? `any ${kind}` : `the ${kind} ${shown(name ?? '')}`;
      const owner = accountOf(caller)!;
      return `${what} of ${owner === account ? 'the own account' : who?.isStranger ? 'any account' : `account ${owner}`}`;
    }
    case 'canonical': return caller.name.startsWith('arn:') ? `the origin access identity ${caller.name.split(' ').pop()}` : `whoever has the canonical user ID ${caller.name}`;
    default: return shown(caller.name);
  }
}
