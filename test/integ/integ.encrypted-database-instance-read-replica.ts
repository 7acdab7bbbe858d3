import { integ } from './app';

integ('EncryptedDatabaseInstanceReadReplica');
