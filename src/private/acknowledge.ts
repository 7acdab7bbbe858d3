import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Says in the template's metadata why a rule of cdk-nag's packs should accept a construct as it is: rule id → reason. */
export function acknowledge(construct: IConstruct, reasons: Record<string, string>): void {
  Validations.of(construct).acknowledge(...Object.entries(reasons).map(([id, reason]) => ({ id, reason })));
}
