import { integ } from './app';

integ('ReplicaKey');
