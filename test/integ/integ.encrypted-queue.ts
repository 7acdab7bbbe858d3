import { integ } from './app';

integ('EncryptedQueue');
