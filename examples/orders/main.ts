import { ordersApp } from './app';
import { report } from '../report';

report(ordersApp, 'orders');
