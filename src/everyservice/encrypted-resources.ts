import { CfnResource, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { IConstruct } from 'constructs';
import { grantOn } from './grant-on-key';

/** The keys of resources, on the app that has them: never process-wide. */
const KEYS = Symbol.for('cdk-encryption-constructs.KeysOfResources');
type Keys = Map<CfnResource, kms.IKeyRef>;

const keysOf = (root: IConstruct): Keys => ((root as { [KEYS]?: Keys })[KEYS] ??= new Map());

/** From now on the CDK's grants on a resource are grants on its key too. */
export function registerKey(resource: CfnResource, key: kms.IKeyRef): void {
  const { root } = resource.node;
  const keys = keysOf(root);
  const type = resource.cfnResourceType;
  const isNew = ![...keys.keys()].some(({ cfnResourceType }) => cfnResourceType === type);
  keys.set(resource, key);
  // The CDK knows the keys of some types itself.
  if (isNew && !iam.DefaultEncryptedResourceFactories.has(type)) { iam.EncryptedResources.register(root, type, new KeyOfResource()); }
}

class KeyOfResource implements iam.IEncryptedResourceFactory {
  public forResource(resource: CfnResource): iam.IEncryptedResource {
    const { account, region } = Stack.of(resource);
    return {
      env: { account, region },
      grantOnKey: (grantee, ...actions) => {
        const key = keysOf(resource.node.root).get(resource);
        return key ? { grant: grantOn(resource, key, grantee, actions) } : {};
      },
    };
  }
}
