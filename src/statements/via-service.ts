/** How AWS writes `kms:ViaService` in one partition. */
interface Partition {
  /** The Regions of the partition. */
  readonly regions: RegExp;
  /** What the names of its services end with: the value of `AWS::URLSuffix` there. */
  readonly suffix: string;
  /** AWS's page that writes the value so; `undefined` where it is not documented, and the suffix of the endpoints is taken. */
  readonly documented?: string;
}

const GUIDE = 'https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#viaService_table';

/** By partition; `aws` has every Region that no other one names. */
const PARTITIONS: Readonly<Record<string, Partition>> = {
  // "ec2.AWS_region.amazonaws.com", and so for each service of the table (November 2026).
  'aws': { regions: /^(?!(cn|us-gov|eusc|us-iso[a-z]?|eu-isoe)-)[a-z]{2}-/, suffix: 'amazonaws.com', documented: GUIDE },
  // The same guide is the one of AWS GovCloud (US): its page on KMS names no difference.
  // https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-kms.html
  'aws-us-gov': { regions: /^us-gov-/, suffix: 'amazonaws.com', documented: GUIDE },
  'aws-cn': { regions: /^cn-/, suffix: 'amazonaws.com.cn' },
  'aws-eusc': { regions: /^eusc-/, suffix: 'amazonaws.eu' },
  'aws-iso': { regions: /^us-iso-/, suffix: 'c2s.ic.gov' },
  'aws-iso-b': { regions: /^us-isob-/, suffix: 'sc2s.sgov.gov' },
  'aws-iso-e': { regions: /^eu-isoe-/, suffix: 'cloud.adc-e.uk' },
  'aws-iso-f': { regions: /^us-isof-/, suffix: 'csp.hci.ic.gov' },
};

/** The value of `AWS::URLSuffix` in a Region, and whether AWS documents `kms:ViaService` with it. */
export function urlSuffixIn(region: string): Pick<Partition, 'suffix' | 'documented'> | undefined {
  return Object.values(PARTITIONS).find(({ regions }) => regions.test(region));
}

/**
 * The value of `kms:ViaService` for requests that come to KMS through a service: `s3.us-east-1.amazonaws.com`. The only place that makes one.
 *
 * @param region where it is left out, the Region of the deployment
 * @param urlSuffix where it is left out, the deployment's own (`AWS::URLSuffix`), which is right in every partition
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
 */
export function viaService(service: string, { region = '${AWS::Region}', urlSuffix = '${AWS::URLSuffix}' }: { readonly region?: string; readonly urlSuffix?: string }): string {
  return `${service}.${region}.${urlSuffix}`;
}

const SUFFIX = new RegExp(`\\.(${[...new Set(Object.values(PARTITIONS).map(({ suffix }) => suffix))].map((suffix) => suffix.replace(/\./g, '\\.')).join('|')}|\\$\\{AWS::URLSuffix\\})$`);

/** A service's name without what it ends with: one template writes the suffix of its partition, another `AWS::URLSuffix`. */
export function withoutUrlSuffix(name: string): string {
  return name.replace(SUFFIX, '');
}
