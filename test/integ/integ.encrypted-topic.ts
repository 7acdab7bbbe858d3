import { integ } from './app';

integ('EncryptedTopic');
