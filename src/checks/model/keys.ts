import { fail, PASS, undetermined, Verdict } from './rule';
import { Reference, Template, Unknown } from './template';

/** Whether a property names a customer-managed key, and not one that AWS manages. */
export function customerKey(template: Template, value: unknown): Verdict {
  const key = template.value(value);
  if (key === undefined || key === '') { return fail('no KMS key is named'); }
  if (key instanceof Unknown) {
    // A key of another stack comes by import or by stack output: somebody chose it.
    return /Fn::(ImportValue|GetStackOutput)/.test(key.reason) ? PASS : undetermined(key.reason);
  }
  if (key instanceof Reference) { return PASS; }
  return /(^|[:/])alias\/aws\//.test(template.text(key)) ? fail(`${template.text(key)} is a key that AWS manages`) : PASS;
}
