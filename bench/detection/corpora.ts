import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { parseTemplate } from '../../src/cli/parse';
import type { Json } from '../../src/template/values';

/** Where other projects' templates are, or are cloned to. Nothing of them is ever committed. */
const FOLDER = process.env.CORPORA ?? join(__dirname, '..', '..', '.tmp', 'corpora');

/** A question whose answer somebody else has written down. */
export interface Question {
  readonly corpus: string;
  /** The other project's name for the rule. */
  readonly asks: string;
  readonly template: Json;
  readonly name: string;
  /** Whether the template is at fault. */
  readonly faulty: boolean;
  /** The logical ids at fault, where the answer names them. */
  readonly at?: string[];
}

/** The folder of a repository that is there already: below CORPORA as `owner+name`, `owner/name` or `name`. */
export function findCorpus(repository: string): string | undefined {
  const names = [repository.replace('/', '+'), repository, repository.split('/')[1]];
  return names.map((name) => join(FOLDER, name)).find((folder) => existsSync(folder));
}

/** A clone of a repository, made when it is missing; at its newest commit, or at one of its history. */
export function clone(repository: string, commit?: string): string {
  const found = findCorpus(repository);
  if (found !== undefined) { return found; }
  const folder = join(FOLDER, repository.replace('/', '+'));
  const git = (...args: string[]) => execFileSync('git', args, { stdio: 'inherit' });
  git('clone', '--quiet', ...(commit ? [] : ['--depth', '1']), `https://github.com/${repository}`, folder);
  if (commit) { git('-C', folder, 'checkout', '--quiet', commit); }
  return folder;
}

/** Every file below a folder with one of some endings. */
export function filesBelow(folder: string, endings: RegExp): string[] {
  return (readdirSync(folder, { recursive: true }) as string[]).filter((file) => endings.test(file)).map((file) => join(folder, file)).sort();
}

/** The unit tests of the Guard Rules Registry: inputs with PASS, FAIL or SKIP for a rule. */
function guardRegistry(repository: string): Question[] {
  const folder = join(repository, 'rules', 'aws');
  return filesBelow(folder, /_tests\.yml$/).flatMap((file) => {
    const cases = parse(readFileSync(file, 'utf8'), { logLevel: 'silent', uniqueKeys: false }) as Array<{ name: string; input: Json; expectations?: { rules: Record<string, string> } }>;
    return cases.flatMap(({ name, input, expectations }) => Object.entries(expectations?.rules ?? {})
      .filter(([, answer]) => answer === 'PASS' || answer === 'FAIL')
      .map(([asks, answer]) => ({ corpus: 'Guard Rules Registry', asks, template: input, name, faulty: answer === 'FAIL' })));
  });
}

/** The specs of cfn_nag: templates, and the logical ids that a rule finds in each. */
function cfnNag(repository: string): Question[] {
  const root = join(repository, 'spec');
  return [...filesBelow(join(root, 'custom_rules'), /_spec\.rb$/).flatMap((file) => specs(root, file)), ...passwords(root)];
}

function specs(root: string, file: string): Question[] {
  const text = readFileSync(file, 'utf8');
  const asks = file.split('/').pop()!.replace(/_spec\.rb$/, '');
  return text.split(/read_test_template\(?\s*/).slice(1).flatMap((part) => {
    const path = /^\(?['"]([^'"]+)['"]/.exec(part)?.[1];
    const ids = /%w\[([^\]]*)\]/.exec(part)?.[1] ?? /eq \[([^\]]*)\]/.exec(part)?.[1];
    const template = path === undefined ? undefined : templateAt(join(root, 'test_templates', path));
    if (!template || ids === undefined) { return []; }
    const at = ids.split(/[\s,]+/).map((id) => id.replace(/['"]/g, '')).filter(Boolean);
    return [{ corpus: 'cfn_nag', asks, template, name: path!, faulty: at.length > 0, at }];
  });
}

/** The last commit of the user guide's repository that has the guide. */
const GUIDE_COMMIT = '586e25e807977df7882bf6e82fe0c024c1861723';

/** The documentation of AWS Control Tower: templates that pass and fail each proactive control. */
function controlTowerGuide(repository: string): Question[] {
  const folder = join(repository, 'doc_source');
  return ['kms', 's3', 'sqs', 'rds', 'elb'].flatMap((service) => {
    const page = readFileSync(join(folder, `${service}-rules.md`), 'utf8');
    return page.split(/^## (?=\\\[CT)/m).slice(1).flatMap((section) => {
      const asks = section.slice(0, section.indexOf(' ')).replace(/[\\[\]]/g, '');
      return [...section.matchAll(/^(PASS|FAIL) Example[\s\S]*?^```[a-z]*\n([\s\S]*?)^```/gm)].flatMap(([, said, text], n) => {
        const template = templateIn(text);
        return template ? [{ corpus: 'Control Tower', asks, template, name: `${asks} example ${n + 1}`, faulty: said === 'FAIL' }] : [];
      });
    });
  });
}

/** The examples of checkov, a folder for each of its checks: the name of a file says whether what is in it passes. */
function checkov(repository: string): Question[] {
  const folder = join(repository, 'tests', 'cloudformation', 'checks', 'resource', 'aws');
  return filesBelow(folder, /example_[^/]+\/[^/]*(PASS|FAIL)[^/]*\.(ya?ml|json)$/).flatMap((file) => {
    const [, asks, name] = /example_([^/]+)\/([^/]+)$/.exec(file)!;
    const template = templateAt(file);
    return template ? [{ corpus: 'checkov', asks, template, name, faulty: /FAIL/.test(name) }] : [];
  });
}

/** Written by a helper of cfn_nag: the name of the file says what is in it. */
const PASSWORDS: Record<string, boolean> = {
  not_set: false,
  parameter_with_noecho: false,
  parameter_with_noecho_and_default_value: true,
  parameter_as_a_literal_in_plaintext: true,
  as_a_literal_in_plaintext: true,
  from_secrets_manager: false,
  from_secure_systems_manager: false,
  from_systems_manager: true,
};

function passwords(root: string): Question[] {
  return filesBelow(join(root, 'test_templates', 'yaml'), /rds_db(instance|cluster)_master_user_password_.*\.yaml$/).flatMap((file) => {
    const what = /master_user_password_(.*)\.yaml$/.exec(file)![1];
    const template = templateAt(file);
    return template && what in PASSWORDS ? [{ corpus: 'cfn_nag', asks: 'MasterUserPassword', template, name: what, faulty: PASSWORDS[what] }] : [];
  });
}

function templateAt(file: string): Json | undefined {
  return existsSync(file) && statSync(file).isFile() ? templateIn(readFileSync(file, 'utf8')) : undefined;
}

function templateIn(text: string): Json | undefined {
  try {
    return parseTemplate(text, 'template').json;
  } catch {
    return undefined;
  }
}

interface Corpus {
  readonly name: string;
  readonly repository: string;
  readonly commit?: string;
  /** The questions in a clone of the repository. */
  readonly questions: (folder: string) => Question[];
}

/** Templates whose answers somebody else wrote down. */
export const CORPORA: readonly Corpus[] = [
  { name: 'AWS Guard Rules Registry, its own tests', repository: 'aws-cloudformation/aws-guard-rules-registry', questions: guardRegistry },
  { name: 'cfn_nag, its specs', repository: 'stelligent/cfn_nag', questions: cfnNag },
  { name: 'AWS Control Tower, its documentation', repository: 'awsdocs/aws-control-tower-guide', commit: GUIDE_COMMIT, questions: controlTowerGuide },
  { name: 'checkov, its examples', repository: 'bridgecrewio/checkov', questions: checkov },
];

/** Repositories of templates without answers. */
export const WITHOUT_ANSWERS: readonly string[] = ['aws-cloudformation/aws-cloudformation-templates', 'bridgecrewio/cfngoat', 'stelligent/cfn_nag'];
