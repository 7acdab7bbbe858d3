import { integ } from './app';

integ('EncryptedDatabaseClusterFromSnapshot');
