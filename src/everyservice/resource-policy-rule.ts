import { askAboutStrangers } from '../policy/asked';
import { placeOf, policyOf } from '../policy/from-template';
import { HOLE } from '../policy/glob';
import type { Statement } from '../policy/statement';
import { nobodyMay } from '../rules/answers';
import { instancesOf } from '../rules/resource-policies';
import { Check, DATA_ACCESS, NOT_APPLICABLE, Rule } from '../rules/rule';
import { RESOURCE_POLICIES } from '../table/resource-policies';

/** An action for each pattern that may be allowed: which actions there are is no table's matter. */
function actionsIn(statements: readonly Statement[], service: string): string[] {
  const any = `${service}:Any`;
  return [...new Set(statements.filter(({ effect }) => effect !== 'Deny').flatMap(({ actions: { negated, items } }) => (negated ? [any] : items.map((pattern) =>
    (pattern === '*' || pattern.includes(HOLE) ? any : pattern.replace(/\*/g, 'any').replace(/\?/g, 'x'))))))];
}

/** Nobody may do anything who is in no account, organization or network that the policy names, and no service for them. */
const strangersMayNothing: Check = (resource) => {
  const { policy, service } = RESOURCE_POLICIES[resource.type];
  const statements = policyOf(resource, policy);
  if (!statements) { return NOT_APPLICABLE; }
  const { account } = placeOf(resource.owner);
  const trusted = new Set(resource.owner.surroundings.trusted?.accounts);
  const guarded = { statements, account, trusted, actions: actionsIn(statements, service), resources: instancesOf(statements, account) };
  return nobodyMay(askAboutStrangers(guarded), account);
};

const allowing = (type: string, principal: string, condition = '') => {
  const { policy, service } = RESOURCE_POLICIES[type];
  return `
        Resources:
          Resource:
            Type: ${type}
            Properties:
              ${policy}:
                Statement:
                  - {Effect: Allow, Principal: ${principal}, Action: '${service}:*', Resource: '*'${condition}}`;
};

const REPOSITORY = 'AWS::ECR::Repository';

/** The policies of all types that no service's folder judges. */
export const resourcePolicyRule: Rule = {
  id: 'Encryption-ResourcePolicyNotPublic',
  severity: 'error',
  guards: 'access',
  resourceTypes: Object.keys(RESOURCE_POLICIES),
  info: 'The policy of a resource with data must not allow everybody.',
  why: 'The service decrypts for whoever may read.',
  fix: 'Name principals, or limit by aws:PrincipalOrgID, aws:SourceAccount or aws:SourceVpce.',
  see: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-resources.html',
  controls: DATA_ACCESS,
  get examples() {
    return {
      wrong: {
        ...Object.fromEntries(Object.keys(RESOURCE_POLICIES).map((type) => [`everybody, ${type}`, allowing(type, "'*'")])),
        'whoever does not come through a mount target': allowing('AWS::EFS::FileSystem', "'*'", ", Condition: {Bool: {elasticfilesystem:AccessedViaMountTarget: 'false'}}"),
      },
      right: {
        'an organization': allowing(REPOSITORY, "'*'", ', Condition: {StringEquals: {aws:PrincipalOrgID: o-a1b2c3d4e5}}'),
        'whoever comes through a mount target': allowing('AWS::EFS::FileSystem', "'*'", ", Condition: {Bool: {elasticfilesystem:AccessedViaMountTarget: 'true'}}"),
        'the own account': allowing(REPOSITORY, '{AWS: !Ref AWS::AccountId}'),
      },
      undetermined: {
        'a condition that no table has': allowing('AWS::EFS::FileSystem', "'*'", ", Condition: {Bool: {elasticfilesystem:MadeUpKey: 'true'}}"),
      },
      notApplicable: {
        'no policy': `
        Resources:
          Resource:
            Type: ${REPOSITORY}`,
      },
    };
  },
  isGenerated: true,
  check: strangersMayNothing,
};
