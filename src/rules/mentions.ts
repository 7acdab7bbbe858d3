import type { Verdict } from './rule';
import { notKnown, targetOf } from './values';
import type { Read } from '../template/read';
import type { TemplateResource } from '../template/template';

/** A resource that names others, and where it does. */
export interface Mention {
  readonly by: TemplateResource;
  /** Read anew in every world. */
  readonly values: () => readonly Read[];
}

/** Who names a resource. */
export interface Named<T extends Mention> {
  /** Those that name it for certain. */
  readonly certain: readonly T[];
  /** Those of which only the deployment knows whether they name it. */
  readonly possible: ReadonlyArray<{ readonly mention: T; readonly value: Read }>;
}

/** Finds who names a resource, without going through all for each: most do by a plain reference. */
export class Mentions<T extends Mention = Mention> {
  private readonly byTarget = new Map<TemplateResource, T[]>();
  private readonly others: T[] = [];

  constructor(mentions: readonly T[], types: readonly string[]) {
    for (const mention of mentions) {
      // What is absent without choosing a world is absent in all.
      const values = mention.values().filter(({ kind }) => kind !== 'absent');
      if (values.length === 0) { continue; }
      const targets = values.map(targetOf);
      if (!targets.every((target) => target && types.includes(target.type))) { this.others.push(mention); continue; }
      for (const target of new Set(targets as TemplateResource[])) { this.byTarget.set(target, [...(this.byTarget.get(target) ?? []), mention]); }
    }
  }

  /** Those that the deployment makes, by whether one of their values is the resource's name. */
  public of(resource: TemplateResource, isName: (value: Read) => boolean | undefined): Named<T> {
    const isMade = ({ by }: Mention) => by.owner.isMade(by);
    const certain = (this.byTarget.get(resource) ?? []).filter(isMade);
    const possible: Array<{ mention: T; value: Read }> = [];
    for (const mention of this.others.filter(isMade)) {
      const answers = mention.values().map((value) => ({ value, is: isName(value) }));
      const unknown = answers.find(({ is }) => is === undefined);
      if (answers.some(({ is }) => is === true)) { certain.push(mention); } else if (unknown) { possible.push({ mention, value: unknown.value }); }
    }
    return { certain, possible };
  }
}

/** The verdict where it is not known whether a resource is the one that is named. */
export function notKnownWhom(by: TemplateResource, value: Read): Verdict {
  const literal = value.literal();
  const reason = literal.kind === 'unknown' ? literal.reason : 'a name is known only when the stack is deployed';
  return notKnown({ where: `${value.where} of ${by.logicalId}`, reason });
}
