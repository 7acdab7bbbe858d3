import { integ } from './app';

integ('KeyAgreementKey');
