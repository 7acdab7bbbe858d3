import type { CfnResource } from 'aws-cdk-lib';

/** The properties that an app overrides on an L1, with `undefined` for what is taken out: they win over what is set in code. */
export function overriddenProperties(resource: CfnResource): Readonly<Record<string, unknown>> {
  const { rawOverrides } = resource as unknown as { readonly rawOverrides?: { readonly Properties?: Record<string, unknown> } };
  return rawOverrides?.Properties ?? {};
}
