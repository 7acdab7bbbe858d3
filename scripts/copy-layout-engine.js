// dagre's one-file build goes into lib: bundled as a dependency it would bring 2 MB of source maps and other builds.
const { readFileSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');

const dist = dirname(require.resolve('@dagrejs/dagre'));
const text = readFileSync(join(dist, 'dagre.min.js'), 'utf8').replace(/\n?\/\/# sourceMappingURL=.*\n?/, '\n');
const licence = readFileSync(join(dist, 'dagre.min.js.LEGAL.txt'), 'utf8').trim();
const { version } = JSON.parse(readFileSync(join(dist, '..', 'package.json'), 'utf8'));
writeFileSync(join(__dirname, '..', 'lib', 'report', 'page', 'dagre.js'),
  `/*! @dagrejs/dagre ${version}\n${licence.replace(/\*\//g, '* /').replace(/\/\*/g, '/ *')}\n*/\n${text}\nmodule.exports = dagre;\n`);
