// Rewrites lib/index.js, after jsii has compiled it, such that a module is loaded when one of its exports is first touched:
// importing the package must load neither cdk-nag nor the services that an app does not use.
const { readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const lib = join(__dirname, '..', 'lib');
const index = join(lib, 'index.js');
const EXPORT_STAR = /^__exportStar\(require\("(\.[^"]+)"\), exports\);$/gm;

function lazyExports(module) {
  const names = Object.keys(require(join(lib, module))).sort();
  return names.map((name) => `Object.defineProperty(exports, ${JSON.stringify(name)}, `
    + `{ enumerable: true, configurable: true, get: () => require(${JSON.stringify(module)}).${name} });`).join('\n');
}

const source = readFileSync(index, 'utf8');
const folders = [...source.matchAll(EXPORT_STAR)].map(([, module]) => module);
if (folders.length === 0) {
  console.error('lazy-index: lib/index.js has no line of the form __exportStar(require("./x"), exports); did jsii change what it writes?');
  process.exit(1);
}
writeFileSync(index, source.replace(EXPORT_STAR, (_, module) => lazyExports(module)));
