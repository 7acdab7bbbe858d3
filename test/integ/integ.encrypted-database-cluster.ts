import { integ } from './app';

integ('EncryptedDatabaseCluster');
