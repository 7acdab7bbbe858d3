import { ConstructPaths, entriesOf } from './construct-paths';
import type { Template, TemplateResource } from '../template/template';
import { isObject, Json } from '../template/values';

/** Somebody accepts what a rule finds. One object for each place where it is written, so that one that accepts nothing is known. */
export interface Acknowledgement {
  /** A rule's id; in a configuration with `*` for any run of characters. */
  readonly rule: string;
  readonly reason: string;
  /** Who accepts it, where that is written. */
  readonly author?: string;
  /** The last day on which it holds, as 2027-03-31. */
  readonly expires?: string;
  readonly writtenIn: 'template' | 'configuration';
  /** As a person finds it again: a file, a construct's path, a logical id. */
  readonly place: string;
  /** What is written into many resources at once, as the CDK does for a scope, is one. */
  readonly group: string;
}

/** Logical id → what is acknowledged for it. */
export type Acknowledgements = ReadonlyMap<string, readonly Acknowledgement[]>;

const ACKNOWLEDGED = 'aws:cdk:acknowledged-rules';

/** What `Validations.of(x).acknowledge(…)` wrote into a cloud assembly: it holds for a construct and all below it, in each template of a stack. */
export function acknowledgementsIn(metadata: Json): (paths: ConstructPaths) => Acknowledgements {
  const written = entriesOf(metadata, ACKNOWLEDGED).filter(({ data }) => isObject(data)).map(({ path, data }) => ({
    path,
    rules: Object.entries(data as Json).map(([id, reason]): Acknowledgement =>
      ({ rule: id.replace(/^.*::/, ''), reason: String(reason), writtenIn: 'template', place: path, group: `${path} ${id}` })),
  }));
  return (paths) => new Map(written.length === 0 ? [] : [...paths]
    .map(([logicalId, path]) => [logicalId, written.filter((each) => isWithin(path, each.path)).flatMap(({ rules }) => rules)] as const)
    .filter(([, rules]) => rules.length > 0));
}

/** The path of the app is empty. */
function isWithin(path: string, scope: string): boolean {
  return scope === '' || path === scope || path.startsWith(`${scope}/`);
}

/**
 * What stands in `Metadata`, of a resource or of the template, as cdk-nag writes it: `cdk_nag: {rules_to_suppress: [{id, reason}]}`. A template
 * that somebody wrote by hand may have `expires` and `author` there too.
 */
export function suppressionsIn(template: Template, file: string, isOfAssembly: boolean): (resource: TemplateResource) => readonly Acknowledgement[] {
  const ofTemplate = suppressed(template.whole.metadata, file, file);
  const ofResources = new Map(template.all().filter((resource) => resource.metadata.cdk_nag !== undefined).map(({ logicalId, metadata }) => {
    const place = `${logicalId} in ${file}`;
    // The CDK copies what is suppressed for a scope to each resource of it.
    return [logicalId, suppressed(metadata, place, isOfAssembly ? file : place)] as const;
  }));
  return (resource) => [...(ofResources.get(resource.logicalId) ?? []), ...ofTemplate];
}

function suppressed(metadata: unknown, place: string, scope: string): Acknowledgement[] {
  const nag = isObject(metadata) ? metadata.cdk_nag : undefined;
  const entries = isObject(nag) && Array.isArray(nag.rules_to_suppress) ? nag.rules_to_suppress.filter(isObject) : [];
  return entries.map((entry) => ({
    rule: String(entry.id),
    reason: reasonOf(entry),
    ...(typeof entry.author === 'string' && { author: entry.author }),
    expires: dayOf(entry.expires),
    writtenIn: 'template' as const,
    place,
    group: `${scope} ${String(entry.id)} ${reasonOf(entry)}`,
  }));
}

/** cdk-nag 2 encodes a reason that has other letters than ASCII. */
function reasonOf({ reason, is_reason_encoded: isEncoded }: Json): string {
  if (typeof reason !== 'string') { return 'no reason given'; }
  return isEncoded === true ? Buffer.from(reason, 'base64').toString() : reason;
}

/** YAML has a type for days; what is not a day has never held. */
function dayOf(value: unknown): string | undefined {
  if (value === undefined) { return undefined; }
  return typeof value === 'string' && isDay(value) ? value : NEVER;
}

const NEVER = '0000-00-00';

export const isDay = (text: string) => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));
