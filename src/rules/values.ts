import { fail, PASS, passIf, undetermined, Verdict } from './rule';
import type { Present, Read, Unknown } from '../template/read';
import type { TemplateResource } from '../template/template';

/** What is unknown is never a pass: it is said where it stands and why. */
export function notKnown({ where, reason }: Pick<Unknown, 'where' | 'reason'>): Verdict {
  return undetermined(where ? `${where}: ${reason}` : reason);
}

/** A verdict on a value; what is unknown is undetermined. */
export function verdictOn(read: Read, cases: { readonly absent: Verdict | (() => Verdict); readonly value: (value: Present) => Verdict }): Verdict;
export function verdictOn(read: Present | Unknown, cases: { readonly value: (value: Present) => Verdict }): Verdict;
export function verdictOn(read: Read, cases: { readonly absent?: Verdict | (() => Verdict); readonly value: (value: Present) => Verdict }): Verdict {
  return read.match({
    value: cases.value,
    absent: () => (typeof cases.absent === 'function' ? cases.absent() : cases.absent ?? PASS),
    unknown: notKnown,
  });
}

/** Whether some of a list are so: true or false where that is certain, `undefined` where one that is unknown decides. */
export function someOf(items: readonly Read[], test: (item: Present) => boolean | undefined): boolean | undefined {
  const answers = items.map((item) => item.match({ value: test, absent: () => false, unknown: () => undefined }));
  return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
}

/** The first item that is unknown, as the reason for a verdict. */
export function firstUnknown(items: readonly Read[]): Unknown | undefined {
  return items.find((item): item is Unknown => item.kind === 'unknown');
}

/** The resource that a value refers to; `undefined` where it refers to none that is known. */
export function targetOf(read: Read): TemplateResource | undefined {
  return read.kind === 'value' ? read.target : undefined;
}

/** A number, also as text, from the shortest to the longest that AWS takes. */
export function isBetween({ number }: Present, shortest: number, longest: number): boolean {
  return number >= shortest && number <= longest;
}

/** Passes where a property is true; what is left out counts as `byDefault`. */
export function mustBeTrue(resource: TemplateResource, path: string[], byDefault = false): Verdict {
  const read = resource.get(...path);
  return verdictOn(read.literal(), {
    absent: () => passIf(byDefault, `${read.where} is not true`),
    value: ({ isTrue }) => passIf(isTrue, `${read.where} is not true`),
  });
}

/** Passes unless a property is true. */
export function mustNotBeTrue(resource: TemplateResource, path: string[]): Verdict {
  const read = resource.get(...path);
  return verdictOn(read.literal(), { absent: PASS, value: ({ isTrue }) => (isTrue ? fail(`${read.where} is true`) : PASS) });
}

/** The first failure, else the first that is undetermined, else the last. */
export function worst(...verdicts: Verdict[]): Verdict {
  return verdicts.find(({ kind }) => kind === 'fail') ?? verdicts.find(({ kind }) => kind === 'undetermined') ?? verdicts[verdicts.length - 1] ?? PASS;
}

/** The same of a check of several things, of which none is looked at after the first failure; the verdict `otherwise` where there is nothing. */
export function worstOf<T>(things: readonly T[], check: (thing: T) => Verdict, otherwise: Verdict = PASS): Verdict {
  let found = otherwise;
  for (const thing of things) {
    const verdict = check(thing);
    if (verdict.kind === 'fail') { return verdict; }
    if (found.kind !== 'undetermined') { found = verdict; }
  }
  return found;
}

/** What holds whether something unknown is so or not. */
export function either(unknown: Unknown, isSo: Verdict, isNot: Verdict): Verdict {
  return isSo.kind === isNot.kind ? isNot : notKnown(unknown);
}

/** A failure counts only where something unknown is so: it is undetermined then. Everything else holds whatever comes. */
export function dependingOn(unknown: Unknown | undefined, verdict: Verdict): Verdict {
  return unknown && verdict.kind === 'fail' ? notKnown(unknown) : verdict;
}
