import type { ReportDocument } from '../document';

/** For programs; schemas/inventory.schema.json describes it. */
export function inventoryJson(report: ReportDocument): string {
  return JSON.stringify(report, undefined, 2);
}
