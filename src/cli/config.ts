import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Acknowledgement, isDay } from './acknowledgements';
import { readText } from './decode';
import { Failure } from './failure';
import { Finding, LEVELS } from './finding';
import { areAccounts, areOrganizations } from '../private/accounts';
import { isObject } from '../template/values';

/** A finding that is accepted until a day. */
export interface AcknowledgedRule {
  readonly rule: string;
  /** A construct's path or a logical id; `*` for any run of characters. */
  readonly resource?: string;
  /** A file's name; `*` for any run of characters. */
  readonly file?: string;
  readonly reason: string;
  /** Who accepts it. */
  readonly author?: string;
  /** The last day on which it holds, as 2027-03-31. */
  readonly expires?: string;
}

export interface Config {
  readonly rules?: string[];
  readonly skip?: string[];
  /** Only these services count, by the names of the CDK's modules: `s3`, `dynamodb`. */
  readonly services?: string[];
  readonly failOn?: Finding['level'];
  readonly baseline?: string;
  readonly acknowledge?: AcknowledgedRule[];
  /** Numbers of accounts besides the own ones that policies may name. */
  readonly trustedAccounts?: string[];
  /** Ids of organizations, as `o-abc1234567`. */
  readonly trustedOrganizations?: string[];
  /** Only rules that answer a control of one of these standards. */
  readonly frameworks?: string[];
  /** A folder of a team's own rules. */
  readonly rulesFrom?: string;
}

const FILE = '.cdk-encryption.json';
const KEYS: Record<keyof Config, (value: unknown) => boolean> = {
  rules: isTexts,
  skip: isTexts,
  failOn: (value) => LEVELS.includes(value as Finding['level']),
  baseline: isName,
  acknowledge: (value) => Array.isArray(value),
  trustedAccounts: (value) => areAccounts(value),
  trustedOrganizations: (value) => areOrganizations(value),
  frameworks: isTexts,
  rulesFrom: isName,
  services: isTexts,
};

/** A configuration, and the file that it stands in. */
export interface ReadConfig {
  readonly config: Config;
  readonly file: string;
}

/** The configuration of a folder: a file, or a part of package.json. Throws where something in it is wrong. */
export function readConfig(cwd: string, given?: string): ReadConfig {
  const file = given ?? (existsSync(join(cwd, FILE)) ? FILE : undefined);
  if (file !== undefined) { return { config: checked(parsed(resolve(cwd, file), file), file), file }; }
  const manifest = join(cwd, 'package.json');
  const own = existsSync(manifest) ? parsed(manifest, 'package.json') : {};
  return { config: isObject(own) && own['cdk-encryption'] !== undefined ? checked(own['cdk-encryption'], 'package.json') : {}, file: 'package.json' };
}

function parsed(path: string, file: string): unknown {
  try {
    return JSON.parse(readText(path));
  } catch (error) {
    throw new Failure(`the configuration cannot be read (${(error as Error).message})`, file);
  }
}

function checked(value: unknown, file: string): Config {
  if (!isObject(value)) { throw new Failure('the configuration must be an object', file); }
  for (const [key, content] of Object.entries(value)) {
    if (!Object.hasOwn(KEYS, key)) { throw new Failure(`unknown setting '${key}'; expected one of: ${Object.keys(KEYS).join(', ')}`, file); }
    if (!KEYS[key as keyof Config](content)) { throw new Failure(`'${key}' cannot be ${JSON.stringify(content)}`, file); }
  }
  const config = value as Config;
  config.acknowledge?.forEach((each, index) => checkAcknowledged(each, `acknowledge[${index}]`, file));
  return config;
}

const ACKNOWLEDGED: readonly string[] = ['rule', 'resource', 'file', 'reason', 'author', 'expires'];

function checkAcknowledged(entry: unknown, name: string, file: string): void {
  if (!isObject(entry)) { throw new Failure(`'${name}' must be an object with rule and reason, got ${JSON.stringify(entry)}`, file); }
  const { rule, resource, reason, expires } = entry;
  const unknown = Object.keys(entry).find((key) => !ACKNOWLEDGED.includes(key));
  if (unknown !== undefined) { throw new Failure(`unknown setting '${name}.${unknown}'; expected one of: ${ACKNOWLEDGED.join(', ')}`, file); }
  if (typeof rule !== 'string') { throw new Failure(`'${name}.rule' must be the id of a rule`, file); }
  if (typeof reason !== 'string' || reason.trim() === '') { throw new Failure(`'${name}.reason' must say why ${rule} is accepted`, file); }
  for (const [key, value] of Object.entries({ resource, file: entry.file, author: entry.author })) {
    if (value !== undefined && typeof value !== 'string') { throw new Failure(`'${name}.${key}' must be text, got ${JSON.stringify(value)}`, file); }
  }
  if (expires !== undefined && (typeof expires !== 'string' || !isDay(expires))) {
    throw new Failure(`'${name}.expires' must be a day such as 2027-03-31, got ${JSON.stringify(expires)}`, file);
  }
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function isName(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '';
}

/** Where a rule found something. */
interface Place {
  /** The id of the rule, and of what is undetermined of it where that is so. */
  readonly rules: readonly string[];
  readonly file: string;
  readonly path?: string;
  readonly logicalId: string;
}

/** The acknowledgements of a configuration, in its order, and which of them fit a place. */
export interface Acknowledged {
  readonly all: readonly Acknowledgement[];
  readonly fitting: (finding: Place) => Acknowledgement[];
}

/** What a configuration acknowledges. */
export function acknowledgedBy({ config, file }: ReadConfig): Acknowledged {
  const entries = (config.acknowledge ?? []).map((entry, index) => {
    const name = placeOf(index, file);
    const { rule, reason, author, expires } = entry;
    return [entry, { rule, reason, author, expires, writtenIn: 'configuration', place: name, group: name } as Acknowledgement] as const;
  });
  return {
    all: entries.map(([, acknowledgement]) => acknowledgement),
    fitting: (finding) => entries.filter(([entry]) => fits(entry, finding)).map(([, acknowledgement]) => acknowledgement),
  };
}

const placeOf = (index: number, file: string) => `acknowledge[${index}] of ${file}`;

function fits({ rule, resource, file }: AcknowledgedRule, finding: Place): boolean {
  return finding.rules.some((id) => matchesPattern(rule, id))
    && (file === undefined || matchesPattern(file, finding.file) || matchesPattern(file, finding.file.split('/').pop()!))
    && (resource === undefined || [finding.path, finding.logicalId].some((name) => name !== undefined && matchesPattern(resource, name)));
}

/** The places of acknowledgements that name a file which is there, and which this run does not read: nobody expects them to accept something. */
export function acknowledgedElsewhere({ config, file: of }: ReadConfig, templates: readonly string[], cwd: string): ReadonlySet<string> {
  const isRead = (file: string) => templates.some((template) => matchesPattern(file, template) || matchesPattern(file, template.split('/').pop()!));
  return new Set((config.acknowledge ?? []).flatMap(({ file }, index) =>
    (file !== undefined && !isRead(file) && existsSync(resolve(cwd, file)) ? [placeOf(index, of)] : [])));
}

/** `*` stands for any run of characters. */
export function matchesPattern(pattern: string, text: string): boolean {
  return new RegExp(`^${pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`).test(text);
}
