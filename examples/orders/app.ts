import { App, AppProps, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { OrdersDataStack } from './data-stack';
import { OrdersEdgeStack } from './edge-stack';
import { EncryptionChecks } from '../../src';

/** The order service's app, checked at synth by this library's rules and by cdk-nag's AwsSolutions. */
export function ordersApp(props?: AppProps): App {
  const app = new App(props);
  const data = new OrdersDataStack(app, 'OrdersData');
  new OrdersEdgeStack(app, 'OrdersEdge', { vpc: data.vpc });
  Validations.of(app).addPlugins(new EncryptionChecks(app), new AwsSolutionsChecks(app));
  return app;
}
