import { ordersApp } from './app';
import { command } from '../../src/cli/command';

const FOLDER = 'cdk.out/orders';
const OUTPUT = 'cdk.out/report';

ordersApp({ outdir: FOLDER, context: { 'aws:cdk:enable-path-metadata': true } }).synth();
process.exitCode = command(['report', FOLDER, '--format', 'html,cbom,csv,json', '--output', OUTPUT], {
  cwd: process.cwd(),
  out: (text) => console.log(text),
  err: (text) => console.error(text),
  colour: false,
  stdin: () => '',
  today: new Date().toISOString().slice(0, 10),
});
