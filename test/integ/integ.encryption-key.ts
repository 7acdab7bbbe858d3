import { integ } from './app';

integ('EncryptionKey');
