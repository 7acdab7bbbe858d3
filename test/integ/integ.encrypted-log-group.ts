import { integ } from './app';

integ('EncryptedLogGroup');
