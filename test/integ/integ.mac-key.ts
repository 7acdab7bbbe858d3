import { integ } from './app';

integ('MacKey');
