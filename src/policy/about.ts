import { Context, covers, variablesIn } from './compare';
import { fits, fitsAction, NOTHING } from './decide';
import { HOLE } from './glob';
import type { Statement } from './statement';
import type { Truth } from './truth';

/** What statements are about one action and resource, by their places; `undefined` where it was not looked at, or differs from caller to caller. */
export type About = Array<Truth | undefined>;

/** Many questions are asked about the same statements: what each is about is found out once. */
export function aboutOf(statements: readonly Statement[], action: string, resource: string): About {
  const byAction = known.get(statements) ?? new Map<string, Map<string, About>>();
  known.set(statements, byAction);
  const byResource = byAction.get(action) ?? new Map<string, About>();
  byAction.set(action, byResource);
  const about = byResource.get(resource) ?? [];
  byResource.set(resource, about);
  return about;
}

const known = new WeakMap<readonly Statement[], Map<string, Map<string, About>>>();

/** Whether a statement is about an action and resource. */
export function isAbout(statement: Statement, action: string, resource: string, context: Context): Truth {
  const { actions, resources } = statement;
  const about = fitsAction(actions, action, context);
  if (about === 'no' || !resources) { return about; }
  const where = fits(resources, (pattern) => (variablesIn(pattern).length > 0 ? isAboutSomebodys(pattern, resource, resources.negated) : covers(pattern, resource, 'resource', context)));
  return where === 'no' || about === 'yes' ? where : about;
}

/** Whether a statement is about an action, for some resource and some caller. */
export function couldBeAbout({ actions }: Statement, action: string): boolean {
  return actions.items.some((pattern) => pattern.includes('${')) || fitsAction(actions, action) !== 'no';
}

/** What the variables of a pattern must be so that it fits is found out with the rest of the request (`aboutResource`); here it is enough that they could. */
function isAboutSomebodys(pattern: string, resource: string, isExcepted: boolean): Truth {
  const open = pattern.replace(/\$\{[^}]*:[^}]*\}/g, HOLE);
  const could = covers(open, resource, 'resource', NOTHING) !== 'no';
  return !could || isExcepted ? 'no' : pattern.includes(HOLE) ? 'maybe' : 'yes';
}

/** Whether a pattern with a variable fits one caller and not another. */
export function dependsOnCaller({ actions, resources }: Statement): boolean {
  return [...actions.items, ...resources?.items ?? []].some((pattern) => pattern.includes('${'));
}
