import { App, AppProps, Environment, Stack, StackProps, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { Construct } from 'constructs';
import { EncryptedBucket, EncryptionChecks, MultiRegionKey } from '../../src';

const ACCOUNT = '111122223333';
const HOME = 'us-east-1';
const REPLICAS = ['eu-west-1', 'ap-southeast-2'];

/** The key that customers' documents are encrypted under, in every Region where there are customers. */
class KeyStack extends Stack {
  public readonly key: MultiRegionKey;

  constructor(scope: Construct, id: string, props: StackProps & { readonly env: Environment }) {
    super(scope, id, props);
    this.key = new MultiRegionKey(this, 'Key', { replicaRegions: REPLICAS, alias: 'alias/documents' });
  }
}

/** Documents of the customers of one Region. */
class DocumentsStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps & { readonly key: MultiRegionKey }) {
    super(scope, id, props);
    new EncryptedBucket(this, 'Documents', { encryptionKey: props.key.keyIn(this) });
  }
}

/** One key id in three Regions, and a bucket in each. */
export function multiRegionApp(props?: AppProps): App {
  const app = new App(props);
  const { key } = new KeyStack(app, 'Keys', { env: { account: ACCOUNT, region: HOME } });
  for (const region of [HOME, ...REPLICAS]) {
    new DocumentsStack(app, `Documents-${region}`, { env: { account: ACCOUNT, region }, key });
  }
  Validations.of(app).addPlugins(new EncryptionChecks(app), new AwsSolutionsChecks(app));
  return app;
}
