import { Mention, Named, notKnownWhom } from './mentions';
import { Check, fail, PASS } from './rule';
import type { TemplateResource } from '../template/template';

/** A resource that keeps one policy must not have two in its template. */
export const hasOnePolicy = (policiesOf: (resource: TemplateResource) => Named<Mention>, otherwise: string): Check => (resource) => {
  const { certain, possible } = policiesOf(resource);
  const ids = [...new Set(certain.map(({ by }) => by.logicalId))];
  if (ids.length > 1) { return fail(`it has the policies ${ids.join(' and ')}: ${otherwise}`); }
  const [other] = possible;
  return ids.length === 1 && other ? notKnownWhom(other.mention.by, other.value) : PASS;
};
