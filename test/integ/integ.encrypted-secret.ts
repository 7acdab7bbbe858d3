import { integ } from './app';

integ('EncryptedSecret');
