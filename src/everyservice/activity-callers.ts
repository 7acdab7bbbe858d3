import { CfnResource, DefaultTokenResolver, IPostProcessor, IResolvable, IResolveContext, Reference, Stage, StringConcat, Tokenization } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { IConstruct } from 'constructs';
import { grantUses, WHY_NOT_HERE } from './roles';
import { Completion } from '../completion/registry';
import { ownerPath } from '../private/errors';
import { warn } from '../private/warn';

/**
 * Gives the key of an activity to the state machines that call it, which encrypt its inputs as their roles: as the CDK does where the code gives the key.
 * Machines may be made later.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/encryption-at-rest.html
 */
export function grantToCallers(activity: CfnResource, key: kms.IKeyRef): void {
  const uses = [{ actions: ['kms:Decrypt', 'kms:GenerateDataKey'], conditions: { StringEquals: { 'kms:EncryptionContext:aws:states:activityArn': activity.ref } } }];
  Completion.of(activity).whenEncrypted(() => {
    for (const machine of machinesOf(Stage.of(activity) ?? activity.node.root)) {
      const missing = calls(machine, activity) ? grantUses(machine, 'RoleArn', key, uses, activity) : undefined;
      if (missing) { warn(machine, 'RoleWithoutKey', `${ownerPath(machine)} cannot call ${ownerPath(activity)} yet, whose inputs are under the KMS key: ${WHY_NOT_HERE}. Add to its policy: ${missing}`); }
    }
  });
}

/** The state machines of a Stage, without those of Stages below it. */
function machinesOf(construct: IConstruct): CfnResource[] {
  const below = construct.node.children.filter((child) => !Stage.isStage(child)).flatMap(machinesOf);
  return CfnResource.isCfnResource(construct) && construct.cfnResourceType === 'AWS::StepFunctions::StateMachine' ? [construct, ...below] : below;
}

function calls(machine: CfnResource, activity: CfnResource): boolean {
  const { cfnProperties } = machine as unknown as { readonly cfnProperties: object };
  const finder = new ReferenceFinder(activity);
  const definition = Object.entries(cfnProperties).filter(([name]) => /^definition/i.test(name)).map(([, value]) => value);
  Tokenization.resolve(definition, { scope: machine, resolver: finder, preparing: false });
  return finder.isFound;
}

/** Sees whether something refers to a resource, in whichever stack. */
class ReferenceFinder extends DefaultTokenResolver {
  public isFound = false;

  constructor(private readonly target: CfnResource) {
    super(new StringConcat());
  }

  public resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): any {
    if (Reference.isReference(token) && token.target === this.target) { this.isFound = true; }
    return super.resolveToken(token, context, postProcessor);
  }
}
