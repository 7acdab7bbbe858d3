import { Fact, FactName } from 'aws-cdk-lib/region-info';
import { EncryptionError } from './errors';
import { knownAtSynth } from './tokens';

/** Whether the CDK knows a Region, or the app has told it: `Fact.register()`. */
export function isKnownRegion(region: string): boolean {
  return Fact.regions.includes(region);
}

/** Throws for the name of a Region that does not exist, as far as the CDK knows: a slip makes a stack or a copy that no deployment can make. */
export function refuseUnknownRegion(path: string, prop: string, region: string): void {
  if (knownAtSynth(region) === undefined || isKnownRegion(region)) { return; }
  throw new EncryptionError(path, 'ReplicaRegionUnknown',
    `'${prop}' has '${region}', which this version of aws-cdk-lib does not know. Did you mean '${nearestRegion(region)}'? `
    + `If ${region} is a new Region, update aws-cdk-lib, or tell it: \`Fact.register({ region: '${region}', name: FactName.PARTITION, value: 'aws' })\` of aws-cdk-lib/region-info.`);
}

/** The known Region whose name is most like a text. */
export function nearestRegion(text: string): string {
  const [nearest] = Fact.regions.map((region) => ({ region, distance: distance(text, region) })).sort((a, b) => a.distance - b.distance);
  return nearest.region;
}

/**
 * The partition of a Region, guessed by its name where the CDK does not know it.
 *
 * @see https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
 */
export function partitionOf(region: string): string {
  const known = Fact.find(region, FactName.PARTITION);
  if (known) { return known; }
  if (region.startsWith('cn-')) { return 'aws-cn'; }
  const [, isolated] = /^(?:us|eu)-?(gov|iso[a-z]*|sc)/.exec(region) ?? [];
  return isolated === 'gov' ? 'aws-us-gov' : isolated === 'sc' ? 'aws-eusc' : isolated ? `aws-${isolated}` : 'aws';
}

/** How many letters to change, add, leave out or swap with the next one. */
function distance(a: string, b: string): number {
  const rows: number[][] = [];
  const at = (i: number, j: number) => (i === 0 || j === 0 ? i + j : rows[i][j]);
  for (let i = 1; i <= a.length; i++) {
    rows[i] = [];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      rows[i][j] = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + (same ? 0 : 1), swapped ? at(i - 2, j - 2) + 1 : Infinity);
    }
  }
  return at(a.length, b.length);
}
