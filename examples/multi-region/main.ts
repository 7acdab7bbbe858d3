import { multiRegionApp } from './app';
import { report } from '../report';

report(multiRegionApp, 'multi-region');
