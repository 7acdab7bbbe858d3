import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Says in the template's metadata why a rule of cdk-nag's packs should accept a construct as it is: rule id → reason. */
export function acknowledge(construct: IConstruct, reasons: Record<string, string>): void {
  Validations.of(construct).acknowledge(...Object.entries(reasons).map(([id, reason]) => ({ id, reason })));
}

/** cdk-nag's packs for standards, by the prefix of their rules. */
const STANDARDS = ['HIPAA.Security', 'NIST.800.53.R4', 'NIST.800.53.R5', 'PCI.DSS.321'];

/** The same for a rule that all packs for standards have. */
export function acknowledgeStandards(construct: IConstruct, reasons: Record<string, string>): void {
  for (const [rule, reason] of Object.entries(reasons)) {
    acknowledge(construct, Object.fromEntries(STANDARDS.map((standard) => [`${standard}-${rule}`, reason])));
  }
}
