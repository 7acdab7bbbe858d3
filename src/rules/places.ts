import type { Read } from '../template/read';
import type { Template, TemplateResource } from '../template/template';

/** A Region and an account, as far as they are known; `OWN` where they are those of the stack, which is not known. */
export interface NamedPlace {
  readonly region?: string;
  readonly account?: string;
}

/** Stands for what `AWS::Region` and `AWS::AccountId` are. */
export const OWN = 'own';

/** Where a stack is. */
export function placeOfStack({ surroundings }: Template): NamedPlace {
  return { region: surroundings.region ?? OWN, account: surroundings.account ?? OWN };
}

/** Where what a property names is: by the stack that makes it, or by its ARN, of which the rest need not be known. */
export function placeNamed(resource: TemplateResource, read: Read): NamedPlace {
  const target = read.kind === 'value' ? read.target : undefined;
  if (target) {
    const { region, account } = target.owner.surroundings;
    return target.owner === resource.owner ? placeOfStack(target.owner) : { region, account };
  }
  const own = placeOfStack(resource.owner);
  const [, region, account] = /^arn:[^:]*:[a-z-]+:([^:]*):([^:]*):/.exec(read.shown.replace(/\$\{AWS::(\w+)\}/g, '<$1>')) ?? [];
  return { region: named(region, '<Region>', own.region), account: named(account, '<AccountId>', own.account) };
}

function named(part: string | undefined, pseudo: string, own: string | undefined): string | undefined {
  return part === pseudo ? own : part === undefined || /[${<]/.test(part) ? undefined : part || undefined;
}

/** Whether two Regions or accounts differ; `undefined` where one of them is not known. */
export function differ(a: string | undefined, b: string | undefined): boolean | undefined {
  if (a === undefined || b === undefined) { return undefined; }
  return a === b ? false : a === OWN || b === OWN ? undefined : true;
}
