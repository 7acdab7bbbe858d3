import { HOLE } from './glob';
import { MADE_UP } from './physical-names';
import type { NamedPrincipal } from './statement';

const PRINCIPAL_ARN = /^arn:[^:]*:(iam|sts)::[^:]+:./;

/** The unique ID of a role, user or other identity, where its ARN should stand. */
const UNIQUE_ID = /^A[A-Z0-9]{15,}$/;

/**
 * Why AWS does not take a principal in the policy of a resource; `undefined` where it does, or where it is not known. A service refuses such a policy,
 * or keeps a statement that is for nobody.
 *
 * "Identity policies and other resource-based policies don't support a federated identity provider in the Principal element. For example, you can't use a
 * SAML principal in an Amazon S3 bucket policy." "The following are supported principal keys: AWS, CanonicalUser, Federated, Service."
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function whyNotTaken({ kind, name }: NamedPrincipal): string | undefined {
  switch (kind) {
    case 'none': return `AWS has no kind of principal ${name}`;
    case 'federated': return 'AWS takes federated principals only in the trust policies of roles';
    case 'anybody': return name === '*' ? undefined : WILDCARD;
    case 'service': return /[*?]/.test(name) ? WILDCARD : undefined;
    case 'arn':
      if (/[*?]/.test(name)) { return WILDCARD; }
      if (/^arn:[^:]*:iam::[^:]*:group\//.test(name)) { return 'a group of users is no principal'; }
      if (UNIQUE_ID.test(name)) { return 'a unique ID is what AWS shows where a principal was deleted'; }
      return notAPrincipal(name);
    case 'unknown': return notAPrincipal(name);
    default: return undefined;
  }
}

/**
 * The same for the policy of a key: KMS takes accounts, roles, users, sessions and services.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html#key-policy-elements
 */
export function whyNotTakenByKms(principal: NamedPrincipal): string | undefined {
  return principal.kind === 'canonical' ? 'KMS takes no canonical user IDs, which are for the policies of S3' : whyNotTaken(principal);
}

function notAPrincipal(name: string): string | undefined {
  const isKnown = name !== '' && !name.includes(MADE_UP) && !name.includes(HOLE);
  return isKnown && !PRINCIPAL_ARN.test(name) ? 'it is not the ARN of a role, user or session, and not an account' : undefined;
}

const WILDCARD = 'AWS takes no wildcards inside of a principal';
