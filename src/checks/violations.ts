import { PolicyViolation, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { isUndetermined, meantRule } from './nearest-rule';
import type { Rule } from '../rules/rule';

/**
 * cdk-nag has one text for all resources that a rule does not accept. Each says here what is wrong with it, as the command does: resources
 * of which the same is to be said stay together.
 */
export function withDetails(violation: PolicyViolation, rule: Rule, detailOf: (constructPath: string) => string | undefined): PolicyViolation[] {
  const byDetail = new Map<string, PolicyViolation['violatingResources']>();
  for (const resource of violation.violatingResources) {
    const detail = detailOf(resource.constructPath ?? '') ?? '';
    byDetail.set(detail, [...(byDetail.get(detail) ?? []), resource]);
  }
  return [...byDetail].map(([detail, violatingResources]) => ({
    ...violation,
    description: detail === '' ? violation.description : `${violation.description} ${isUndetermined(violation.ruleName) ? 'Not known' : 'Found'}: ${detail}.`,
    fix: `${rule.fix} See ${rule.see}`,
    violatingResources,
  }));
}

/** The CDK prints a block for each resource of a violation: of more than these nobody reads them all. */
const MOST_PRINTED = 10;

/** What is said of many resources in the same words is told of the first, with the paths of the others. */
export function folded(violation: PolicyViolation): PolicyViolation {
  const [first, ...others] = violation.violatingResources;
  if (others.length < MOST_PRINTED) { return violation; }
  const paths = others.map(({ constructPath }) => constructPath ?? '');
  return {
    ...violation,
    description: `${violation.description} The same of ${others.length} more: ${paths.join(', ')}.`,
    ruleMetadata: { ...violation.ruleMetadata, alsoFoundIn: paths.join(',') },
    violatingResources: [first],
  };
}

/** The rules that are acknowledged on a construct or above it. */
export function acknowledgedRulesOf(construct: IConstruct): ReadonlySet<string> {
  return new Set(construct.node.scopes.flatMap(({ node }) => node.metadata
    .filter(({ type, data }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY && data)
    .flatMap(({ data }) => Object.keys(data)).map((key) => key.replace(/^(annotation|EncryptionChecks)::/i, ''))));
}

/** Acknowledgements of rules that do not exist: they accept nothing, and the finding that was meant is still there or never was. */
export function unknownAcknowledgements(scope: IConstruct): PolicyViolation[] {
  return scope.node.findAll().flatMap(({ node }) => node.metadata
    .filter(({ type, data }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY && data)
    .flatMap(({ data }) => Object.keys(data)).flatMap((key) => {
      const id = key.replace(/^(annotation|EncryptionChecks)::/i, '');
      const meant = meantRule(id);
      return meant === undefined ? [] : [{
        ruleName: UNKNOWN_ACKNOWLEDGEMENT,
        description: `'${id}' is acknowledged on ${node.path || 'the app'} and is not the id of a rule, so that nothing is accepted by it.`,
        fix: `Acknowledge ${meant}, or remove the acknowledgement.`,
        severity: 'warning',
        violatingResources: [{ constructPath: node.path, locations: [] }],
      }];
    }));
}

const UNKNOWN_ACKNOWLEDGEMENT = 'Encryption-AcknowledgementUnknown';
