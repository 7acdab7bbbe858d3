import { integ } from './app';

integ('EncryptedDatabaseInstance');
