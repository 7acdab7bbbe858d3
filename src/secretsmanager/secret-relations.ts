import { Mentions } from '../rules/mentions';
import { targetOf } from '../rules/values';
import { memoize } from '../template/memoize';
import type { Read } from '../template/read';
import type { TemplateResource } from '../template/template';

const policies = memoize((template) => new Mentions(
  template.everyOfType('AWS::SecretsManager::ResourcePolicy').map((by) => ({ by, values: () => [by.get('SecretId')] })), ['AWS::SecretsManager::Secret']));

/** Whether a value is the name or ARN of a secret of the template. */
function isSecret(secret: TemplateResource, value: Read): boolean | undefined {
  const target = targetOf(value);
  // An attachment to a database gives the ARN of its secret.
  if (target?.type === 'AWS::SecretsManager::SecretTargetAttachment') { return isSecret(secret, target.get('SecretId')); }
  if (target) { return target === secret; }
  // One that is imported may be any.
  if (value.kind !== 'value') { return value.kind === 'unknown' ? undefined : false; }
  const name = secret.get('Name').literal();
  if (name.kind === 'unknown') { return undefined; }
  return name.kind === 'value' && (value.text === name.text || value.text.includes(`:secret:${name.text}-`));
}

/** The policies that name a secret of the template for certain, and those that may. */
export const policiesOf = (secret: TemplateResource) => policies(secret.owner).of(secret, (value) => isSecret(secret, value));
