// jsii writes the whole source of each file, encoded, at the end of what it compiles: more than half of the package. The sources are on
// GitHub, at the tag of each release.
const { readdirSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const lib = join(__dirname, '..', 'lib');
const MAP = /^\/\/# sourceMappingURL=data:.*$/m;

for (const file of readdirSync(lib, { recursive: true }).filter((name) => name.endsWith('.js'))) {
  const path = join(lib, file);
  const text = readFileSync(path, 'utf8');
  if (MAP.test(text)) { writeFileSync(path, text.replace(MAP, '')); }
}
