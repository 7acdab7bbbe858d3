import { integ } from './app';

integ('SigningKey');
