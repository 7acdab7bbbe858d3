import { Config, readConfig } from './config';
import { Failure } from './failure';
import { whoText } from './formats/who';
import { groupsOf, linked, namedIn } from './linked';
import type { Given } from './options';
import type { Source } from './source';
import { readSources, shown } from './sources';
import type { Surface } from './surface';
import { splitArguments } from './who-arguments';
import { closest } from '../private/nearest';
import { Access, CAPABILITIES, Capability, NOT_SEEN } from '../report/access';
import { Asked, EstateAccess } from '../report/estate-access';
import type { TemplateResource } from '../template/template';

/** `cdk-encryption who`: gives the exit code. */
export function who(positionals: string[], given: Given, surface: Surface): number {
  const can = capabilities(given.list('can'));
  const format = given.text('format') ?? 'text';
  if (format !== 'text' && format !== 'json') { throw new Failure(`unknown format '${format}'; expected one of: text, json.`); }
  const account = accountFrom(given.text('from-account') ?? given.text('from'));
  const by = given.text('by');
  const { config } = readConfig(surface.cwd, given.text('config'));
  const { paths, resources } = splitArguments(surface.cwd, positionals);
  const { sources, failures } = readSources(surface.cwd, paths, surface.stdin);
  if (sources.length + failures.length === 0) { failures.push(new Failure('no stack found', paths.join(' '))); }
  const chosen = choose(groupsOf(sources).map((group) => estateOf(group, config)), [...resources, ...given.list('of') ?? []], failures.length > 0);
  const answers = chosen.flatMap(([estate, asked]) => can.flatMap((each) => estate.who(asked, each)))
    .filter((access) => (by === undefined || isNamed(access, by)) && (account === undefined || access.account === account));
  surface.out(format === 'json' ? JSON.stringify({ answers, notSeen: NOT_SEEN }, undefined, 2) : whoText(answers, surface.colour));
  for (const { message, file, line, column } of failures) {
    surface.err(`cdk-encryption: ${new Failure(message, file && shown(file, surface.cwd), line, column).text}`);
  }
  return failures.length > 0 ? 2 : 0;
}

/** The templates of one group, with the names that a person knows. */
export function estateOf(group: readonly Source[], config: Config): EstateAccess {
  const templates = linked(group, config);
  const sourceOf = new Map(templates.map(([source, template]) => [template, source]));
  const nameOf = (resource: TemplateResource) => namedIn(sourceOf.get(resource.owner)!, resource);
  return new EstateAccess(templates.map(([, template]) => template), nameOf);
}

function capabilities(given: readonly string[] | undefined): Capability[] {
  const all = Object.keys(CAPABILITIES);
  const unknown = given?.find((each) => !all.includes(each));
  if (unknown !== undefined) { throw new Failure(`--can cannot be '${unknown}'; expected one of: ${all.join(', ')}.`); }
  return (given ?? all) as Capability[];
}

function accountFrom(text: string | undefined): string | undefined {
  if (text !== undefined && !/^\d{12}$/.test(text)) { throw new Failure(`--from-account cannot be '${text}'; expected the twelve digits of an account, as 111122223333.`); }
  return text;
}

/** What is asked about; whatever is named must be there. */
function choose(estates: readonly EstateAccess[], wanted: readonly string[], someUnread: boolean): Array<[EstateAccess, Asked]> {
  const all = estates.flatMap((estate) => estate.asked.map((asked): [EstateAccess, Asked] => [estate, asked]));
  if (wanted.length === 0) { return all; }
  const unknown = wanted.find((name) => !all.some(([, asked]) => isMeant(asked, name)));
  if (unknown !== undefined) {
    const nearest = closest(unknown, all.map(([, { name }]) => name));
    throw new Failure(`'${unknown}' is not a key of the templates, nor something under a key${someUnread ? ', as far as they could be read' : ''}.${nearest === undefined ? '' : ` Did you mean ${nearest}?`}`);
  }
  return all.filter(([, asked]) => wanted.some((name) => isMeant(asked, name)));
}

/** By construct path, the end of one, a name in it, or logical id. */
function isMeant({ name, resource }: Asked, wanted: string): boolean {
  return isPathOf(wanted, name) || wanted === resource.logicalId || wanted === `\${${resource.logicalId}}`;
}

const isPathOf = (wanted: string, path: string) => wanted === path || path.endsWith(`/${wanted}`);

/** `role/Reader`, a construct path or the end of one, an ARN, a service, an account. */
function isNamed({ who: name, arn, kind }: Access, wanted: string): boolean {
  const [, prefix, rest] = /^(role|user|service|account)\/(.+)$/.exec(wanted) ?? [];
  const matches = (text: string) => isPathOf(text, name) || text === arn || (arn?.endsWith(`/${text}`) ?? false);
  if (matches(wanted)) { return true; }
  return prefix !== undefined && matches(rest) && (kind === prefix || (kind === 'principal' && (arn?.includes(`:${prefix}/`) ?? false)));
}
