import type { CfnResource } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Kind } from '../flows/kind';
import type { Room } from '../statements/upload-room';

/** Something that a construct, a mixin or an injector encrypts, and what completion may have to do with it. */
export interface Protection {
  readonly resource: CfnResource;
  readonly kind: Kind;
  /**
   * Whether it was meant as one resource of a scope. What cannot be under the key is then left as it was, with a warning; what was meant by
   * itself is refused.
   */
  readonly isOneOfMany: () => boolean;
  /** The ARN of the key under which it is. */
  readonly keyArn: () => string;
  /** Leaves it as it was; not for what the app itself has put under the key. */
  readonly undo?: (receivesLogs: boolean) => void;
  /** What else is to be done where everybody may read it. */
  readonly whenPublic?: () => void;
  /** The statements of its own policy that come last, and leave room for every writer. */
  readonly denials?: (room: Room) => iam.PolicyStatement[];
}
