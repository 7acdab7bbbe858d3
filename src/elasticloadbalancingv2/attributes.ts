import { Verdict, passIf } from '../rules/rule';
import { firstUnknown, notKnown, worst } from '../rules/values';
import { Read, Unknown } from '../template/read';
import type { TemplateResource } from '../template/template';

/** The values of an attribute in a list of keys and values: ELB takes a key once, a template may write it more often. */
function valuesOf(resource: TemplateResource, list: string, key: string): Read[] | Unknown {
  const items = resource.get(list).items();
  const values = items.filter((item) => {
    const given = item.get('Key').literal();
    return given.kind === 'value' && given.is(key);
  }).map((item) => item.get('Value').literal());
  return values.length > 0 ? values : firstUnknown(items.map((item) => item.get('Key').literal())) ?? [];
}

/** What an attribute of a load balancer or listener must be; each value is judged, where it is written more than once. */
export function attributeMustBe(
  resource: TemplateResource, list: string, key: string, cases: { readonly absent: Verdict; readonly good: (text: string) => boolean },
): Verdict {
  const values = valuesOf(resource, list, key);
  if (values instanceof Unknown) { return notKnown(values); }
  if (values.length === 0) { return cases.absent; }
  return worst(...values.map((value) => value.match({
    value: ({ text }) => passIf(cases.good(text), `${key} is ${text === '' ? 'empty' : text}${values.length > 1 ? `, and written ${values.length} times` : ''}`),
    absent: () => cases.absent,
    unknown: (unknown) => notKnown(unknown),
  })));
}
