import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Failure } from './failure';
import type { Guards, Rule, Severity, Verdict } from '../rules/rule';
import { isObject, Json } from '../template/values';

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];
const GUARDS: readonly Guards[] = ['key', 'at rest', 'in transit', 'access', 'operations'];
const STANDARDS = ['fsbp', 'controlTower', 'nist', 'pci', 'hipaa', 'cis'];
const VERDICTS: ReadonlyArray<Verdict['kind']> = ['pass', 'fail', 'undetermined', 'not applicable'];
/** A prefix of the team's own, as `Acme-QueueNamed`. */
const ID = /^[A-Za-z][A-Za-z0-9]*-[A-Za-z0-9][\w-]*$/;
const RESERVED = /^encryption-/i;
const MODULE = /^(?![._]).*(?<!\.test|\.spec)\.(js|cjs|mjs)$/;

/** A team's rules, and why some of them could not judge. */
export interface OwnRules {
  readonly rules: readonly Rule[];
  /** Filled while they run: a rule that breaks must not look like one that finds nothing. */
  readonly broken: readonly Failure[];
}

export const NO_OWN_RULES: OwnRules = { rules: [], broken: [] };

/** Loads each module of a folder. Throws a `Failure` for the first one that is not a rule, with what is wrong in it. */
export function ownRules(cwd: string, folder: string, others: readonly Rule[]): OwnRules {
  const files = modulesIn(cwd, folder);
  const broken = new Map<string, Failure>();
  const tell = (failure: Failure) => broken.set(failure.text, failure);
  const rules = files.flatMap((file) => rulesIn(resolve(cwd, file), file).map((rule) => guarded(rule, tell, file)));
  const ids = new Set(others.map(({ id }) => id.toLowerCase()));
  for (const { id } of rules) {
    if (ids.has(id.toLowerCase())) { throw new Failure(`the rule '${id}' stands there twice`, folder); }
    ids.add(id.toLowerCase());
  }
  return { rules, get broken() { return [...broken.values()]; } };
}

function modulesIn(cwd: string, folder: string): string[] {
  let names: string[];
  try {
    names = statSync(resolve(cwd, folder)).isDirectory() ? readdirSync(resolve(cwd, folder)).sort() : [folder];
  } catch {
    throw new Failure('the folder of your own rules is not there', folder);
  }
  if (names.length === 1 && names[0] === folder) { throw new Failure('your own rules must be a folder of JavaScript modules, got a file', folder); }
  const modules = names.filter((name) => MODULE.test(name));
  if (modules.length === 0) {
    const hint = names.some((name) => /\.[cm]?ts$/.test(name)) ? '; compile TypeScript first' : '';
    throw new Failure(`no rule in this folder: a rule is a JavaScript module (.js, .cjs, .mjs)${hint}`, folder);
  }
  return modules.map((name) => join(folder, name));
}

function rulesIn(path: string, file: string): Rule[] {
  let loaded: unknown;
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    loaded = require(resolve(path));
  } catch (error) {
    const isModule = (error as { code?: string }).code === 'ERR_REQUIRE_ESM';
    throw new Failure(isModule ? 'this Node.js cannot load ES modules here: write a .cjs file, or use Node.js 22' : `cannot be loaded (${(error as Error).message.split('\n')[0]})`, file);
  }
  const exported = isObject(loaded) ? loaded.rules ?? loaded.rule ?? loaded.default ?? loaded : loaded;
  const rules = Array.isArray(exported) ? exported : [exported];
  if (rules.length === 0) { throw new Failure('exports no rule', file); }
  return rules.map((rule, index) => checkedRule(rule, rules.length > 1 ? `rules[${index}].` : '', file));
}

/** The rule, if it has what every rule has. */
export function checkedRule(rule: unknown, prefix: string, file: string): Rule {
  const refuse = (message: string): never => { throw new Failure(message, file); };
  if (!isObject(rule)) { return refuse(`must export a rule: an object with id, severity, guards, resourceTypes, info, why, fix, see, examples, check; got ${kindOf(rule)}`); }
  const given = (name: string) => `'${prefix}${name}'`;
  const got = (name: string) => `got ${kindOf(rule[name])}`;
  if (typeof rule.id !== 'string' || !ID.test(rule.id)) { refuse(`${given('id')} must have a prefix of your own, as Acme-QueueNamed; ${got('id')}`); }
  if (RESERVED.test(String(rule.id))) { refuse(`${given('id')} must not begin with Encryption-, which is the prefix of the tool's own rules; ${got('id')}`); }
  if (!SEVERITIES.includes(rule.severity as Severity)) { refuse(`${given('severity')} must be one of ${SEVERITIES.join(', ')}; ${got('severity')}`); }
  if (!GUARDS.includes(rule.guards as Guards)) { refuse(`${given('guards')} must be one of ${GUARDS.join(', ')}; ${got('guards')}`); }
  if (!isTexts(rule.resourceTypes) || rule.resourceTypes.length === 0) { refuse(`${given('resourceTypes')} must name types as AWS::SQS::Queue; ${got('resourceTypes')}`); }
  for (const name of ['info', 'why', 'fix']) { if (typeof rule[name] !== 'string' || rule[name].trim() === '') { refuse(`${given(name)} must be a sentence; ${got(name)}`); } }
  if (typeof rule.see !== 'string' || !/^https?:\/\/\S+$/.test(rule.see)) { refuse(`${given('see')} must be the address of a page; ${got('see')}`); }
  if (typeof rule.check !== 'function') { refuse(`${given('check')} must be a function of a resource; ${got('check')}`); }
  checkControls(rule.controls, `${prefix}controls`, refuse);
  checkExamples(rule.examples, `${prefix}examples`, refuse);
  return { ...rule, controls: rule.controls ?? {} } as unknown as Rule;
}

function checkControls(controls: unknown, name: string, refuse: (message: string) => never): void {
  if (controls === undefined) { return; }
  if (!isObject(controls)) { return refuse(`'${name}' must be an object; got ${kindOf(controls)}`); }
  for (const [standard, ids] of Object.entries(controls)) {
    if (!STANDARDS.includes(standard)) { refuse(`'${name}' has the unknown standard '${standard}'; expected some of: ${STANDARDS.join(', ')}`); }
    if (!isTexts(ids)) { refuse(`'${name}.${standard}' must be a list of texts; got ${kindOf(ids)}`); }
  }
}

function checkExamples(examples: unknown, name: string, refuse: (message: string) => never): void {
  const parts = isObject(examples) ? examples : refuse(`'${name}' must have wrong and right ones; got ${kindOf(examples)}`);
  for (const part of ['wrong', 'right']) {
    const those = parts[part];
    if (!isObject(those) || !isTexts(Object.values(those)) || Object.keys(those).length === 0) { refuse(`'${name}.${part}' must have at least one template by its title; got ${kindOf(those)}`); }
  }
}

/** Says which resource a rule cannot judge, instead of leaving it out. */
function guarded(rule: Rule, tell: (failure: Failure) => void, file: string): Rule {
  return {
    ...rule,
    check: (resource) => {
      const break_ = (message: string): Verdict => {
        tell(new Failure(`the rule ${rule.id} cannot judge ${resource.logicalId}: ${message}`, file));
        return { kind: 'undetermined', reason: message };
      };
      try {
        const verdict: unknown = rule.check(resource);
        return isVerdict(verdict) ? verdict : break_(`check must return { kind: 'pass' | 'fail' | 'undetermined' | 'not applicable' }, with detail or reason; it returned ${kindOf(verdict)}`);
      } catch (error) {
        return break_((error as Error)?.message ?? String(error));
      }
    },
  };
}

function isVerdict(value: unknown): value is Verdict {
  if (!isObject(value) || !VERDICTS.includes(value.kind as Verdict['kind'])) { return false; }
  return value.kind === 'fail' ? typeof value.detail === 'string' : value.kind === 'undetermined' ? typeof value.reason === 'string' : true;
}

const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every((item) => typeof item === 'string' && item.trim() !== '');

function kindOf(value: unknown): string {
  return value === undefined ? 'nothing' : typeof value === 'function' ? 'a function' : (JSON.stringify(value as Json) ?? typeof value).slice(0, 80);
}
