import { CfnResource, IPropertyInjector, RemovalPolicy, Stage } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { encryptByDefault } from './by-default';
import { DEFAULT_TYPES, DefaultType } from './default-types';
import { Completion } from '../completion/registry';
import { ownerPath } from '../private/errors';
import { InjectorsOf, InjectorSettings, ProtectingInjector } from '../private/injector';

interface AnyProps {
  readonly removalPolicy?: RemovalPolicy;
}

/** Encrypts what a class makes under the key when the app is synthesized, by the table of all services. */
export class ServiceInjector extends ProtectingInjector<AnyProps> {
  constructor(target: string, private readonly defaultType: DefaultType, settings: InjectorSettings, previous: IPropertyInjector | undefined) {
    super(target, settings, defaultType.refusals ?? [], previous);
  }

  protected protect({ removalPolicy }: AnyProps, path: string, scope: IConstruct, insecure: ReadonlySet<keyof AnyProps>): Partial<AnyProps> {
    if (insecure.size > 0) { return {}; }
    const id = path.slice(scope.node.path === '' ? 0 : scope.node.path.length + 1);
    Completion.of(scope).whenMade(() => {
      const resource = scope.node.tryFindChild(id)?.node.defaultChild;
      if (resource && CfnResource.isCfnResource(resource) && resource.cfnResourceType === `AWS::${this.defaultType.type}`) {
        encryptByDefault(resource, this.defaultType, this.settings, removalPolicy);
      }
    });
    return {};
  }
}

export const injectors: InjectorsOf = (settings, previous) => DEFAULT_TYPES.flatMap((each) => each.classes
  .map((target) => new ServiceInjector(target, each, settings, previous(target))));

/** Types of which aws-cdk-lib has no class, so no property injector: their L1s are encrypted, whenever they were made. */
const L1_ONLY = new Map(DEFAULT_TYPES.filter(({ classes }) => classes.length === 0).map((each) => [`AWS::${each.type}`, each]));

/** Encrypts the L1s of one Stage of which the app has nothing better, as far as they are in the scope of the defaults. */
export function encryptPlainResources(stage: IConstruct, isInScope: (resource: IConstruct) => boolean, settings: InjectorSettings): void {
  Completion.of(stage).whenMade(() => {
    for (const resource of resourcesIn(stage)) {
      const type = L1_ONLY.get(resource.cfnResourceType);
      if (type && isInScope(resource) && !settings.isException(ownerPath(resource))) { encryptByDefault(resource, type, settings); }
    }
  });
}

/** The L1s of a Stage, without those of Stages below it. */
function resourcesIn(construct: IConstruct): CfnResource[] {
  const below = construct.node.children.filter((child) => !Stage.isStage(child)).flatMap(resourcesIn);
  return CfnResource.isCfnResource(construct) ? [construct, ...below] : below;
}
