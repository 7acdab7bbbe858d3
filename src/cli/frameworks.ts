import { Failure } from './failure';
import type { Controls, Rule } from '../rules/rule';

/** What a standard is called on the command line and in tags → in the rules. */
export const FRAMEWORKS = {
  'fsbp': 'fsbp',
  'control-tower': 'controlTower',
  'nist': 'nist',
  'pci-dss': 'pci',
  'hipaa': 'hipaa',
  'cis': 'cis',
} as const satisfies Record<string, keyof Controls>;

export type Framework = keyof typeof FRAMEWORKS;

/** What people write too. */
const ALSO: Readonly<Record<string, Framework>> = { 'pci': 'pci-dss', 'nist-800-53': 'nist', 'controltower': 'control-tower', 'aws-fsbp': 'fsbp' };

/** Throws for a standard that no rule knows. */
export function frameworkNamed(name: string): Framework {
  const wanted = name.toLowerCase();
  if (Object.hasOwn(FRAMEWORKS, wanted)) { return wanted as Framework; }
  if (Object.hasOwn(ALSO, wanted)) { return ALSO[wanted]; }
  throw new Failure(`unknown framework '${name}'; expected one of: ${Object.keys(FRAMEWORKS).join(', ')}.`);
}

/** The controls of each standard that a rule answers. */
export function controlsOf(rule: Rule): Partial<Record<Framework, string[]>> {
  const known = ofRules.get(rule) ?? findControls(rule);
  ofRules.set(rule, known);
  return known;
}

/** A rule has many findings. */
const ofRules = new WeakMap<Rule, Partial<Record<Framework, string[]>>>();

function findControls({ controls }: Rule): Partial<Record<Framework, string[]>> {
  const named = (Object.keys(FRAMEWORKS) as Framework[]).map((framework) => [framework, controls[FRAMEWORKS[framework]] ?? []] as const);
  return Object.fromEntries(named.filter(([, ids]) => ids.length > 0));
}

/** Whether a rule answers a control of one of the standards. */
export function answers({ controls }: Rule, frameworks: readonly Framework[]): boolean {
  return frameworks.some((framework) => (controls[FRAMEWORKS[framework]] ?? []).length > 0);
}

/** `external/pci-dss/4.2.1`, as CodeQL labels what stands outside of it. */
export function controlTags(rule: Rule): string[] {
  return Object.entries(controlsOf(rule)).flatMap(([framework, ids]) => ids!.map((id) => `external/${framework}/${id}`));
}
