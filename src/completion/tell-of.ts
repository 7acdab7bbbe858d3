import type { CfnResource } from 'aws-cdk-lib';
import { Completion, Tell } from './registry';
import { warnInPlaceOf } from '../private/warn';

/** For a mixin: an error where it was meant for one resource, a warning for one of many. Which it was is known when the app is synthesized. */
export function tellOf(resource: CfnResource, isOneOfMany: () => boolean): Tell {
  return (error) => { if (isOneOfMany()) { warnInPlaceOf(error, resource); } else { Completion.of(resource).refuse(error); } };
}
