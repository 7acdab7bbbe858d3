import { integ } from './app';

integ('EncryptedBucket');
