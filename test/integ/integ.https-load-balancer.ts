import { integ } from './app';

integ('HttpsLoadBalancer');
