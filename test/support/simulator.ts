import { anonymousPrincipal, runSimulation } from '@cloud-copilot/iam-simulate';

/** A request to KMS, as IAM sees it. */
export interface KeyRequest {
  /** The ARN of a role or user, or a service such as `s3.amazonaws.com`. */
  readonly principal: string;
  readonly action: string;
  readonly context?: Record<string, string>;
  /** What the principal's own policy allows: everything in KMS unless said otherwise. */
  readonly identityAllows?: boolean;
}

export const KEY_ACCOUNT = '111122223333';
export const KEY_ARN = `arn:aws:kms:us-east-1:${KEY_ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;

/** A policy that allows whatever KMS does. */
const EVERYTHING = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'kms:*', Resource: '*' }] };

/** A policy as it is once deployed in account 111122223333, us-east-1. */
export function deployed(json: unknown): any {
  if (Array.isArray(json)) { return json.map(deployed); }
  if (typeof json !== 'object' || json === null) { return json; }
  const { 'Fn::Join': join, Ref: ref } = json as Record<string, any>;
  if (join) { return join[1].map(deployed).join(join[0]); }
  if (ref) {
    const pseudo: Record<string, string> = { 'AWS::Partition': 'aws', 'AWS::URLSuffix': 'amazonaws.com', 'AWS::AccountId': KEY_ACCOUNT, 'AWS::Region': 'us-east-1' };
    if (!pseudo[ref]) { throw new Error(`nobody knows what ${ref} is once deployed`); }
    return pseudo[ref];
  }
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, deployed(value)]));
}

/**
 * The simulator drops the condition keys of an encryption context, which turns an Allow into a Deny. IAM compares them like any
 * other text, so policy and request alike are given a key that the simulator knows.
 */
function known(key: string): string {
  return key.replace(/^kms:EncryptionContext:(.*)$/, (_, name) => `aws:PrincipalTag/${name.replace(/[^A-Za-z]/g, '-')}`);
}

function withKnownKeys(policy: any): any {
  return JSON.parse(JSON.stringify(policy), (_, value) => (value && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [known(key), inner]))
    : value));
}

/** A request to any service, with every policy that has a say in it. */
export interface Request {
  /** The ARN of a role or user, a service such as `s3.amazonaws.com`, or nobody known. */
  readonly principal: string | 'anonymous';
  readonly action: string;
  readonly resource: string;
  readonly resourcePolicy: unknown;
  readonly identityPolicies: unknown[];
  readonly context: Record<string, string>;
}

/** Judges a request by an independent policy simulator, which must know every context key that it is given. */
export async function decide({ principal, action, resource, resourcePolicy, identityPolicies, context }: Request): Promise<'allowed' | 'denied'> {
  const service = /\.amazonaws\.com$/.test(principal);
  const anonymous = principal === 'anonymous';
  const account = service || anonymous ? undefined : principal.split(':')[4];
  const contextVariables: Record<string, string> = {
    ...(anonymous ? {} : { 'aws:PrincipalIsAWSService': String(service) }),
    ...(account ? { 'aws:PrincipalArn': principal, 'aws:PrincipalAccount': account } : {}),
    ...(account && action.startsWith('kms:') ? { 'kms:CallerAccount': account } : {}),
    ...(action === 'kms:CreateGrant' ? { 'kms:GrantIsForAWSResource': 'false' } : {}),
    ...context,
  };
  const result = await runSimulation({
    request: {
      principal: anonymous ? anonymousPrincipal : principal,
      action,
      resource: { resource, accountId: KEY_ACCOUNT },
      contextVariables: Object.fromEntries(Object.entries(contextVariables).map(([key, value]) => [known(key), value])),
    },
    identityPolicies: identityPolicies.map((policy, n) => ({ name: `own${n}`, policy: withKnownKeys(policy) })),
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    resourcePolicy: withKnownKeys(resourcePolicy),
  }, {});
  if (result.resultType !== 'single') { throw new Error(`the simulator did not judge ${principal} ${action}: ${JSON.stringify(result)}`); }
  const dropped = result.result.ignoredContextKeys ?? [];
  if (dropped.length > 0) { throw new Error(`the simulator does not know ${dropped.join(', ')} for ${action}`); }
  return result.overallResult === 'Allowed' ? 'allowed' : 'denied';
}

/** Judges a request to KMS: the key's policy and the principal's own together. */
export async function judge(keyPolicy: unknown, { principal, action, context = {}, identityAllows }: KeyRequest): Promise<'allowed' | 'denied'> {
  const service = /\.amazonaws\.com$/.test(principal);
  return decide({
    principal,
    action,
    resource: KEY_ARN,
    context,
    resourcePolicy: deployed(keyPolicy),
    identityPolicies: service || identityAllows === false ? [] : [EVERYTHING],
  });
}
