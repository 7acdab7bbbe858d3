import { integ } from './app';

integ('EncryptedDatabaseInstanceFromSnapshot');
