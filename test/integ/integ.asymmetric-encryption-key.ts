import { integ } from './app';

integ('AsymmetricEncryptionKey');
