import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { isDynamicPattern } from 'tinyglobby';
import { readConfig } from './config';
import { pathsOrDefault } from './default-paths';
import { Failure } from './failure';
import { whoText } from './formats/who';
import { Group, linked } from './linked';
import type { Given } from './options';
import { nameIn } from './resource-names';
import { shownFailure } from './shown';
import { readSources } from './sources';
import type { Surface } from './surface';
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
  const [named, resources] = splitArguments(surface.cwd, positionals);
  const { sources, failures } = readSources(surface.cwd, pathsOrDefault(named, surface.cwd, 'read', 'who Uploads cdk.out'), surface.stdin);
  const chosen = choose(linked(sources, config).map(estateOf), [...resources, ...given.list('of') ?? []], failures.length > 0);
  const answers = chosen.flatMap(([estate, asked]) => can.flatMap((each) => estate.who(asked, each)))
    .filter((access) => (by === undefined || isNamed(access, by)) && (account === undefined || access.account === account));
  surface.out(format === 'json' ? JSON.stringify({ answers, notSeen: NOT_SEEN }, undefined, 2) : whoText(answers, surface.colour));
  failures.forEach((failure) => surface.err(`cdk-encryption: ${shownFailure(failure, surface.cwd).text}`));
  return failures.length > 0 ? 2 : 0;
}

/** Arguments that are files, folders or patterns, and those that name resources. */
function splitArguments(cwd: string, positionals: readonly string[]): [paths: string[], resources: string[]] {
  const isPath = (text: string) => text === '-' || existsSync(resolve(cwd, text)) || isDynamicPattern(text) || /\.(json|ya?ml|template)$/.test(text);
  return [positionals.filter(isPath), positionals.filter((text) => !isPath(text))];
}

/** The templates of one group, with the names that a person knows. */
function estateOf(group: Group): EstateAccess {
  const sourceOf = new Map(group.map(([source, template]) => [template, source]));
  const nameOf = (resource: TemplateResource) => nameIn(sourceOf.get(resource.owner)!, resource);
  return new EstateAccess(group.map(([, template]) => template), nameOf);
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
