import { integ } from './app';

integ('KeyLifecycleMonitor');
