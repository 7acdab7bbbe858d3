import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { redirectsToHttps } from './plain-http';
import { EncryptionError } from '../private/errors';

/** A listener on plain HTTP, on which nothing but redirects to HTTPS can be added. */
export class RedirectListener extends elbv2.ApplicationListener {
  /** Adds a redirect to HTTPS; another action is an error. */
  public addAction(id: string, props: elbv2.AddApplicationActionProps): void {
    if (!redirectsToHttps(props.action)) { throw this.forwards(id); }
    super.addAction(id, props);
  }

  /** An error: what is forwarded here has travelled in the clear. */
  public addTargetGroups(id: string, _props: elbv2.AddApplicationTargetGroupsProps): void {
    throw this.forwards(id);
  }

  /** An error: what is forwarded here has travelled in the clear. */
  public addTargets(id: string, _props: elbv2.AddApplicationTargetsProps): elbv2.ApplicationTargetGroup {
    throw this.forwards(id);
  }

  private forwards(id: string): EncryptionError {
    return new EncryptionError(this.node.path, 'ListenerIsPlainHttp',
      `cannot add '${id}': this listener uses plain HTTP and only redirects to HTTPS. Add it to the listener from addHttpsListener().`);
  }
}
