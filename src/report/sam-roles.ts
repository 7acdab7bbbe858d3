import { allowing, boundaryOf, Identity, managedOf, OwnStatement } from './identities';
import type { Estate } from '../flows/estate';
import { placeOf, statementsOf } from '../policy/from-template';
import { physicalName } from '../policy/physical-names';
import type { Read } from '../template/read';
import type { TemplateResource } from '../template/template';

/**
 * SAM's policy templates that give a key.
 *
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-policy-template-list.html
 */
const OF_KEYS: Readonly<Record<string, string>> = { KMSDecryptPolicy: 'kms:decrypt', KMSEncryptPolicy: 'kms:encrypt' };

/**
 * The roles that SAM makes of functions and state machines that name none.
 *
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-function.html#sam-function-role
 */
export function rolesOfSam(estate: Estate): Identity[] {
  return estate.ofType('AWS::Serverless::Function', 'AWS::Serverless::StateMachine').filter((resource) => resource.get('Role').kind === 'absent').map((resource) => {
    const { account } = placeOf(resource.owner);
    const found = resource.get('Policies').items().map((policy) => readPolicy(policy, resource));
    return {
      kind: 'role' as const,
      resource,
      suffix: 'Role',
      arn: `arn:aws:iam::${account}:role/made-up-${resource.logicalId}Role`,
      account,
      statements: found.flatMap(({ known }) => known),
      boundary: boundaryOf(resource),
      unseen: found.flatMap(({ unseen }) => unseen),
    };
  });
}

interface Found {
  readonly known: readonly OwnStatement[];
  readonly unseen: readonly string[];
}

/** A document, a managed policy of the templates, the name or ARN of another, or one of SAM's templates. */
function readPolicy(policy: Read, resource: TemplateResource): Found {
  if (policy.kind !== 'value') { return { known: [], unseen: [policy.shown] }; }
  if (policy.target) { return documentOf(policy.target.get('PolicyDocument'), policy.target); }
  if (policy.get('Statement').kind !== 'absent') { return documentOf(policy, resource); }
  const [[template] = []] = policy.entries();
  if (template === undefined) { return managedOf([policy], resource); }
  const key = policy.get(template, 'KeyId');
  const target = Object.hasOwn(OF_KEYS, template) && key.kind === 'value' ? key.target : undefined;
  if (!target) { return { known: [], unseen: [`the SAM policy template ${template}`] }; }
  return { known: [allowing(template, [OF_KEYS[template]], physicalName(target, 'Arn', placeOf(resource.owner)), resource)], unseen: [] };
}

const documentOf = (document: Read, policy: TemplateResource): Found =>
  ({ known: statementsOf(document, policy.owner).map((statement) => ({ ...statement, policy })), unseen: [] });
