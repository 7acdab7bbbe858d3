import { IResource, RemovalPolicy } from 'aws-cdk-lib';

/**
 * What happens with a resource that this library makes beside the caller's: it goes where the caller says that all may go. Else it
 * stays, except where the deployment that makes it fails: nothing is in it then, and the next try would meet its name.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html
 */
export function removalPolicyBeside(removalPolicy: RemovalPolicy | undefined): RemovalPolicy {
  return removalPolicy === RemovalPolicy.DESTROY ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;
}

/**
 * What happens with a resource that keeps data, where the code does not say it: it stays. One with a name of its own does not where the deployment that makes it
 * fails: nothing is in it then, and the next try would meet its name. A table does not take part: its deletion protection would make such a rollback fail.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html
 */
export function removalPolicyOf(removalPolicy: RemovalPolicy | undefined, name: string | undefined): RemovalPolicy {
  return removalPolicy ?? (name === undefined ? RemovalPolicy.RETAIN : RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
}

const STAYS = Symbol('cdk-encryption-constructs.stays');

/** A resource that several share goes only where the code says DESTROY of all that share it. */
export function shareRemovalPolicy(resource: IResource & { [STAYS]?: boolean }, removalPolicy: RemovalPolicy | undefined): void {
  resource[STAYS] = resource[STAYS] || removalPolicy !== RemovalPolicy.DESTROY;
  resource.applyRemovalPolicy(removalPolicyBeside(resource[STAYS] ? undefined : RemovalPolicy.DESTROY));
}

/** Whether a shared resource goes with its stack, as far as is known by now. */
export function goesWithItsStack(resource: IResource & { [STAYS]?: boolean }): boolean {
  return resource[STAYS] === false;
}
