import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
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
  /** The last day on which it holds, as 2027-03-31. */
  readonly expires?: string;
}

export interface Config {
  readonly rules?: string[];
  readonly skip?: string[];
  readonly failOn?: Finding['level'];
  readonly baseline?: string;
  readonly acknowledge?: AcknowledgedRule[];
  /** Numbers of accounts besides the own ones that policies may name. */
  readonly trustedAccounts?: string[];
  /** Ids of organizations, as `o-abc1234567`. */
  readonly trustedOrganizations?: string[];
}

const FILE = '.cdk-encryption.json';
const KEYS: Record<keyof Config, (value: unknown) => boolean> = {
  rules: isTexts,
  skip: isTexts,
  failOn: (value) => LEVELS.includes(value as Finding['level']),
  baseline: (value) => typeof value === 'string',
  acknowledge: (value) => Array.isArray(value),
  trustedAccounts: (value) => areAccounts(value),
  trustedOrganizations: (value) => areOrganizations(value),
};

/** The configuration of a folder: a file, or a part of package.json. Throws where something in it is wrong. */
export function readConfig(cwd: string, given?: string): Config {
  const file = given ?? (existsSync(join(cwd, FILE)) ? FILE : undefined);
  if (file) { return checked(parsed(join(cwd, file), file), file); }
  const manifest = join(cwd, 'package.json');
  const own = existsSync(manifest) ? parsed(manifest, 'package.json') : {};
  return isObject(own) && own['cdk-encryption'] !== undefined ? checked(own['cdk-encryption'], 'package.json') : {};
}

function parsed(path: string, file: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Failure(`the configuration cannot be read (${(error as Error).message})`, file);
  }
}

function checked(value: unknown, file: string): Config {
  if (!isObject(value)) { throw new Failure('the configuration must be an object', file); }
  for (const [key, content] of Object.entries(value)) {
    if (!(key in KEYS)) { throw new Failure(`unknown setting '${key}'; expected one of: ${Object.keys(KEYS).join(', ')}`, file); }
    if (!KEYS[key as keyof Config](content)) { throw new Failure(`'${key}' cannot be ${JSON.stringify(content)}`, file); }
  }
  const config = value as Config;
  config.acknowledge?.forEach((each, index) => checkAcknowledged(each, `acknowledge[${index}]`, file));
  return config;
}

function checkAcknowledged(entry: unknown, name: string, file: string): void {
  if (!isObject(entry)) { throw new Failure(`'${name}' must be an object with rule and reason, got ${JSON.stringify(entry)}`, file); }
  const { rule, resource, reason, expires } = entry;
  const unknown = Object.keys(entry).find((key) => !['rule', 'resource', 'file', 'reason', 'expires'].includes(key));
  if (unknown !== undefined) { throw new Failure(`unknown setting '${name}.${unknown}'; expected one of: rule, resource, file, reason, expires`, file); }
  if (typeof rule !== 'string') { throw new Failure(`'${name}.rule' must be the id of a rule`, file); }
  if (typeof reason !== 'string' || reason.trim() === '') { throw new Failure(`'${name}.reason' must say why ${rule} is accepted`, file); }
  for (const [key, value] of Object.entries({ resource, file: entry.file })) {
    if (value !== undefined && typeof value !== 'string') { throw new Failure(`'${name}.${key}' must be text, got ${JSON.stringify(value)}`, file); }
  }
  if (expires !== undefined && (typeof expires !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(expires) || Number.isNaN(Date.parse(expires)))) {
    throw new Failure(`'${name}.expires' must be a day such as 2027-03-31, got ${JSON.stringify(expires)}`, file);
  }
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

/** Where a rule found something. */
interface Place {
  readonly rule: string;
  readonly file: string;
  readonly path?: string;
  readonly logicalId: string;
}

/** Why a finding is accepted by the configuration; an acknowledgement whose day is past is none. */
export function acknowledgedBy(config: Config, finding: Place, today: string): string | undefined {
  const fits = ({ rule, resource, file, expires }: AcknowledgedRule) => matchesPattern(rule, finding.rule)
    && (expires === undefined || today <= expires)
    && (file === undefined || matchesPattern(file, finding.file) || matchesPattern(file, finding.file.split('/').pop()!))
    && (resource === undefined || [finding.path, finding.logicalId].some((name) => name !== undefined && matchesPattern(resource, name)));
  return config.acknowledge?.find(fits)?.reason;
}

/** `*` stands for any run of characters. */
export function matchesPattern(pattern: string, text: string): boolean {
  return new RegExp(`^${pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`).test(text);
}
