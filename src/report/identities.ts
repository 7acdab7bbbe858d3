import type { Estate } from '../flows/estate';
import { allowedIn } from '../flows/finders';
import { placeOf, statementsOf } from '../policy/from-template';
import { physicalName } from '../policy/physical-names';
import type { Statement } from '../policy/statement';
import { targetOf } from '../rules/values';
import type { Read } from '../template/read';
import type { TemplateResource } from '../template/template';

/** A role or user of the templates, with everything that its policies say. */
export interface Identity {
  readonly kind: 'role' | 'user';
  readonly resource: TemplateResource;
  /** What follows the name of the resource: SAM names the role of a function after it. */
  readonly suffix?: string;
  readonly arn: string;
  readonly account: string;
  readonly statements: readonly OwnStatement[];
  readonly boundary?: readonly Statement[];
  /** Policies that it has and that are not in the templates. */
  readonly unseen: readonly string[];
}

/** A statement, and where it stands. */
export interface OwnStatement extends Statement {
  readonly policy: TemplateResource;
}

/**
 * Managed policies of AWS that give more than service roles need.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
const OF_AWS: Readonly<Record<string, readonly string[]>> = {
  'policy/AdministratorAccess': ['*'],
  'policy/PowerUserAccess': ['kms:*', 's3:*', 'sqs:*', 'sns:*', 'secretsmanager:*', 'dynamodb:*', 'logs:*'],
};

/** All roles and users of the templates. */
export function identitiesIn(estate: Estate): Identity[] {
  const { policiesOf } = allowedIn(estate);
  return estate.ofType('AWS::IAM::Role', 'AWS::IAM::User').map((resource) => {
    const holders = [resource, ...groupsOf(resource, estate)];
    const found = holders.map((holder) => managedOf(holder.get('ManagedPolicyArns').items(), holder));
    return {
      kind: resource.type === 'AWS::IAM::Role' ? 'role' as const : 'user' as const,
      resource,
      arn: physicalName(resource, 'Arn', placeOf(resource.owner)),
      account: placeOf(resource.owner).account,
      statements: [
        ...holders.flatMap((holder) => (policiesOf.get(holder) ?? []).flatMap(({ policy }) => documentsOf(policy, holder))),
        ...found.flatMap(({ known }) => known),
      ],
      boundary: boundaryOf(resource),
      unseen: found.flatMap(({ unseen }) => unseen),
    };
  });
}

/** The groups that a user names, and those to which it is added. */
function groupsOf(user: TemplateResource, estate: Estate): TemplateResource[] {
  const added = estate.ofType('AWS::IAM::UserToGroupAddition')
    .filter((addition) => addition.get('Users').items().some((each) => targetOf(each) === user))
    .flatMap((addition) => targetOf(addition.get('GroupName')) ?? []);
  return [...new Set([...user.get('Groups').items().flatMap((group) => targetOf(group) ?? []), ...added])];
}

function documentsOf(policy: TemplateResource, holder: TemplateResource): OwnStatement[] {
  const documents: Read[] = policy === holder ? holder.get('Policies').items().map((each) => each.get('PolicyDocument')) : [policy.get('PolicyDocument')];
  return documents.flatMap((document) => statementsOf(document, policy.owner).map((statement) => ({ ...statement, policy })));
}

/** Managed policies, by the ARNs or names by which a holder has them. */
export function managedOf(policies: readonly Read[], holder: TemplateResource): { readonly known: OwnStatement[]; readonly unseen: string[] } {
  const known: OwnStatement[] = [];
  const unseen: string[] = [];
  for (const arn of policies) {
    if (arn.kind === 'value' && arn.target) { continue; }
    const name = managedName(arn.shown);
    // Policies for service roles know no keys of yours.
    if (name?.startsWith('policy/service-role/') || name?.startsWith('policy/aws-service-role/')) { continue; }
    const actions = name !== undefined && Object.hasOwn(OF_AWS, name) ? OF_AWS[name] : undefined;
    if (!actions) { unseen.push(name ?? arn.shown); continue; }
    known.push(allowing(name!, actions, '*', holder));
  }
  return { known, unseen };
}

/** The only statement of a policy that AWS has written. */
export function allowing(sid: string, actions: readonly string[], resource: string, policy: TemplateResource): OwnStatement {
  return { sid, position: 1, effect: 'Allow', actions: { negated: false, items: actions }, resources: { negated: false, items: [resource] }, conditions: [], policy };
}

/** An ARN, or a name, as SAM takes it: those of Lambda are for service roles. */
function managedName(given: string): string | undefined {
  if (/^AWSLambda\w*Role$/.test(given)) { return `policy/service-role/${given}`; }
  return /^\w+$/.test(given) ? `policy/${given}` : /:iam::aws:(policy\/.+)$/.exec(given)?.[1];
}

/** What limits it at most; where that is not among the templates, nothing of it is known. */
export function boundaryOf(holder: TemplateResource): readonly Statement[] | undefined {
  const boundary = holder.get('PermissionsBoundary');
  if (boundary.kind === 'absent') { return undefined; }
  const target = boundary.kind === 'value' ? boundary.target : undefined;
  return target ? statementsOf(target.get('PolicyDocument'), target.owner) : statementsOf(holder.get('PermissionsBoundary'), holder.owner);
}
