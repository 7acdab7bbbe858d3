import { CfnResource } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import { EncryptionError, show } from './errors';

/** Throws where a mixin is applied, by itself, to what it is not for: `with()` and `Mixins.of()` find the resources in a construct. */
export function refuseTarget(mixin: string, construct: unknown, types: string): never {
  const isConstruct = typeof construct === 'object' && construct !== null && Construct.isConstruct(construct);
  const remedy = isConstruct && !CfnResource.isCfnResource(construct as IConstruct)
    ? `Write \`construct.with(new ${mixin}(…))\`, which finds them in a construct` : 'Choose the mixin of the resource';
  throw new EncryptionError(mixin, 'MixinDoesNotFit', `cannot be applied to ${show(construct)}: it is for ${types}. ${remedy}.`);
}
