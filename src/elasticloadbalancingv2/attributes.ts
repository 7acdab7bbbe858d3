import { Verdict, passIf } from '../rules/rule';
import { notKnown, worst } from '../rules/values';
import type { Read } from '../template/read';
import type { TemplateResource } from '../template/template';

/** The values of an attribute in a list of keys and values: ELB takes a key once, a template may write it more often. */
function valuesOf(resource: TemplateResource, list: string, key: string): Read[] {
  return resource.get(list).items().flatMap((item) => item.get('Key').literal().match<Read[]>({
    value: (given) => (given.is(key) ? [item.get('Value').literal()] : []), absent: () => [], unknown: (unknown) => [unknown],
  }));
}

/** What an attribute of a load balancer or listener must be; each value is judged, where it is written more than once. */
export function attributeMustBe(
  resource: TemplateResource, list: string, key: string, cases: { readonly absent: Verdict; readonly good: (text: string) => boolean },
): Verdict {
  const values = valuesOf(resource, list, key);
  if (values.length === 0) { return cases.absent; }
  return worst(...values.map((value) => value.match({
    value: ({ text }) => passIf(cases.good(text), `${key} is ${text === '' ? 'empty' : text}${values.length > 1 ? `, and written ${values.length} times` : ''}`),
    absent: () => cases.absent,
    unknown: (unknown) => notKnown(unknown),
  })));
}
