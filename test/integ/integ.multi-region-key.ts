import { integ } from './app';

integ('MultiRegionKey');
