/** What is so where nothing is said: which key encrypts the data, or none. */
export type LeftOut =
  /** A key that AWS owns. */
  | 'owned'
  /** A key that AWS manages in the account, `alias/aws/…`. */
  | 'managed'
  /** Keys of the service's own, such as S3's. */
  | 'service'
  /** Not encrypted. */
  | 'none'
  /** As the account's setting says: the default encryption of EBS. */
  | 'account'
  /** As the bucket that receives it says. */
  | 'bucket'
  /** As the resource says to which it belongs. */
  | 'parent'
  /** Nothing: the resource cannot be made without a key. */
  | 'required'
  /** No page says. */
  | 'unknown';

/** What a change of the properties does to a resource that is there. */
export type Replaces =
  /** CloudFormation makes a new resource and deletes the old one. */
  | 'yes'
  /** It depends on what else changes, or on what was set before. */
  | 'maybe'
  /** The service refuses the change. */
  | 'refused';

export type Scalar = string | number | boolean;

/** A property by its path, `Replicas[].SSESpecification.KMSMasterKeyId`, and the values that it may have; the first is the one that is written. */
export type Values = Readonly<Record<string, Scalar | readonly (Scalar | null)[]>>;

/** Where a row applies. */
interface Row {
  /** What must be there, and not false; a list: for each of its items. */
  readonly when?: string;
  /** Values that other properties must have; `null` for one that is left out. */
  readonly where?: Values;
  readonly replaces?: Replaces;
  /** Whether somebody compared the row with AWS's page. */
  readonly reviewed?: boolean;
}

/** Data that a resource keeps, and what puts it under a customer key. */
export interface AtRestRow extends Row {
  /** The property that names the key. */
  readonly key?: string;
  /** What else says that the data is under that key, or encrypted at all. */
  readonly set?: Values;
  /** What else AWS asks for, where it is not there. */
  readonly also?: Values;
  /** Values that turn encryption off. */
  readonly unencrypted?: Values;
  /** The property that says in which Region the key is; `elsewhere` where none does. */
  readonly region?: string;
  /** Where one of these is set, encryption comes from there: snapshots and sources. */
  readonly inherits?: readonly string[];
  readonly leftOut: LeftOut;
  /** Not asked for; judged where it is there. */
  readonly optional?: boolean;
  /** What the service needs in the key policy, by its name in `KEY_POLICIES`. */
  readonly keyPolicy?: string;
}

/** A property that decides whether data is encrypted on its way. */
export interface InTransitRow extends Row {
  readonly property: string;
  /** `*` stands for any run of characters. */
  readonly safe: Scalar | readonly Scalar[];
  /** What is so where nothing is said; `optional` where it depends on what else is used. */
  readonly leftOut: 'safe' | 'unsafe' | 'unknown' | 'optional';
}

export interface RowControls {
  readonly fsbp?: readonly string[];
  readonly controlTower?: readonly string[];
}

/** Everything that the table says of a resource type. */
export interface TypeRow {
  readonly atRest?: readonly AtRestRow[];
  readonly inTransit?: readonly InTransitRow[];
  /** What protects data on its way where no property does. */
  readonly transit?: string;
  /** Rules that a service's own folder has in place of the generated ones. */
  readonly rules?: { readonly customerKey?: string; readonly encrypted?: string; readonly inTransit?: string; readonly keyUsable?: string };
  /** Controls of AWS Foundational Security Best Practices and of AWS Control Tower that ask for the same. */
  readonly controls?: { readonly customerKey?: RowControls; readonly encrypted?: RowControls; readonly inTransit?: RowControls };
  /** AWS's page, where it is not the one of the type. */
  readonly see?: string;
}

/** Resource types without their `AWS::`. */
export type Table = Readonly<Record<string, TypeRow>>;
