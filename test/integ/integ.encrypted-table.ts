import { integ } from './app';

integ('EncryptedTable');
